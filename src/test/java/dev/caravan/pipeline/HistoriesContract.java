package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.History.Edit;
import dev.caravan.pipeline.History.Fault;
import dev.caravan.pipeline.History.Step;
import dev.caravan.testing.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * Whatever happens at the source, and whatever goes wrong on the way: when nothing goes wrong any more, the target is
 * what the source is. jqwik prints the seed; {@code @Property(seed = …)} lives through the same histories again.
 */
abstract class HistoriesContract {
    private final Map<String, Integer> tally = new TreeMap<>();
    private int histories;

    abstract String freshDatabase(Path folder);

    /** Forgets a database; one that is a file goes with its folder. */
    void drop(String jdbcUrl) {}

    @Property(tries = 3, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void editsAndFaultsEndWithTheTargetEqualToTheSource(@ForAll("histories") History history)
            throws IOException, SQLException {
        live(history);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    @Tag("proof")
    void manyEditsAndFaultsEndWithTheTargetEqualToTheSource(@ForAll("histories") History history)
            throws IOException, SQLException {
        live(history);
    }

    private void live(History history) throws IOException, SQLException {
        Path folder = Files.createTempDirectory("history");
        String url = freshDatabase(folder);
        try (House house = new House(url, folder)) {
            new HistoryRunner(house, tally).live(history);
        } finally {
            drop(url);
            delete(folder);
        }
        histories++;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @AfterProperty
    void everythingHappenedAtLeastOnce() {
        Proof.say(getClass().getSimpleName() + ": " + histories + " histories, " + tally);
        Stream<String> edits = Arrays.stream(Edit.values()).map(edit -> "edit " + edit);
        Stream<String> faults = Arrays.stream(Fault.values()).map(fault -> "fault " + fault);
        assertThat(tally).containsKeys(Stream.concat(edits, faults).toArray(String[]::new));
    }

    @Provide
    Arbitrary<History> histories() {
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.of(Edit.class).list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.of(Fault.class),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.of(true, false))
                .as(Step::new);
        return Combinators.combine(
                        Arbitraries.of(true, false, false, false),
                        Arbitraries.of(true, false),
                        step.list().ofMinSize(30).ofMaxSize(36))
                .as(History::new);
    }
}
