package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.DataverseHistoryRunner.Edit;
import dev.caravan.pipeline.DataverseHistoryRunner.Fault;
import dev.caravan.pipeline.DataverseHistoryRunner.Step;
import dev.caravan.testing.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.FileSystemUtils;

/**
 * Whatever happens in a Dataverse, to tracked, filtered and linked tables, and whatever goes wrong on the way: when nothing
 * goes wrong any more, the target is what the source is. Each history has a seed, which a failure names.
 */
abstract class DataverseHistoriesContract {
    private final Map<String, Integer> tally = new TreeMap<>();

    abstract String freshDatabase(Path folder);

    /** Forgets a database; one that is a file goes with its folder. */
    void drop(String jdbcUrl) {}

    @Test
    void editsAndFaultsEndWithTheTargetEqualToTheSource() throws IOException, SQLException {
        live(1);
    }

    @Test
    @Tag("proof")
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void manyEditsAndFaultsEndWithTheTargetEqualToTheSource() throws IOException, SQLException {
        live(200);
    }

    private void live(int histories) throws IOException, SQLException {
        long seed = System.nanoTime();
        for (int i = 0; i < histories; i++) {
            Path folder = Files.createTempDirectory("history");
            String url = freshDatabase(folder);
            try (DataverseHouse house = new DataverseHouse(url, folder)) {
                Random random = new Random(seed + i);
                new DataverseHistoryRunner(house, tally).live(random.nextBoolean(), steps(random));
            } catch (AssertionError different) {
                throw new AssertionError("seed " + (seed + i) + ": " + different.getMessage(), different);
            } finally {
                drop(url);
                FileSystemUtils.deleteRecursively(folder);
            }
        }
        Proof.say(getClass().getSimpleName() + ": " + histories + " histories from seed " + seed + ", " + tally);
        Stream<String> edits = Arrays.stream(Edit.values()).map(edit -> "edit " + edit);
        Stream<String> faults = Arrays.stream(Fault.values()).map(fault -> "fault " + fault);
        assertThat(tally).containsKeys(Stream.concat(edits, faults).toArray(String[]::new));
    }

    /** Each kind of fault at least twice, and of edit about as often as of the others, in any order. */
    private static List<Step> steps(Random random) {
        List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
        faults.addAll(List.of(Fault.values()));
        faults.addAll(Collections.nCopies(4, Fault.NONE));
        Collections.shuffle(faults, random);
        List<Edit> kinds = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (Fault fault : faults) {
            List<Edit> edits = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                if (kinds.isEmpty()) {
                    kinds.addAll(List.of(Edit.values()));
                    Collections.shuffle(kinds, random);
                }
                edits.add(kinds.remove(0));
            }
            steps.add(new Step(
                    edits,
                    random.nextBoolean(),
                    random.nextInt(10_000),
                    fault,
                    random.nextInt(1_000),
                    random.nextInt(6) == 0));
        }
        return steps;
    }
}
