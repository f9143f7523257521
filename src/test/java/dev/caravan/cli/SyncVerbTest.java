package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.cli.Terminal.Said;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.RunCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sync} asks for and what it prints. */
class SyncVerbTest {
    @TempDir
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
    }

    private static EntityOutcome outcome(String entity, Ending ending, RunCounts counts, @Nullable String message) {
        return new EntityOutcome(entity, ending, counts, counts.failed(), Duration.ofMillis(1500), 3, null, message);
    }

    @Test
    void handsEveryOptionOfSyncOn() {
        terminal.configure(Terminal.ERP);
        terminal.run(
                "sync",
                "items",
                "erp.s*",
                "--failed",
                "--dry-run",
                "--limit",
                "5",
                "--since",
                "42",
                "--wait",
                "2m",
                "--trace",
                "P-1");
        terminal.run("sync", "--full", "--wait", "5");
        terminal.run("sync");

        assertThat(terminal.operations.requests)
                .containsExactly(
                        new SyncRequest(
                                List.of("items", "erp.s*"),
                                false,
                                true,
                                true,
                                OptionalLong.of(5),
                                Optional.of("42"),
                                Duration.ofMinutes(2),
                                Optional.of("P-1")),
                        new SyncRequest(
                                List.of(),
                                true,
                                false,
                                false,
                                OptionalLong.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                Optional.empty()),
                        SyncRequest.everything(Duration.ofSeconds(60)));
    }

    @Test
    void syncPrintsTheSumsAndEndsWithTheCode() {
        terminal.configure(Terminal.ERP);
        terminal.operations.outcomes = List.of(
                outcome("erp.sites", Ending.FAILED, RunCounts.NONE, "The source cannot be reached"),
                outcome("erp.items", Ending.COMPLETED, new RunCounts(1200, 1000, 50, 0, 150, 0, 0, 0), null));
        Said said = terminal.run("sync");

        assertThat(said.code()).isEqualTo(3);
        assertThat(said.out()).isEqualTo("""
                        ENTITY     ENDING     FETCHED  INSERTED  UPDATED  DELETED  SKIPPED  FAILED  TOOK
                        erp.items  completed     1200      1000       50        0      150       0  1.5 s
                        erp.sites  failed           0         0        0        0        0       0  1.5 s
                        2 entities, 1 completed: 1,200 rows fetched, 1,000 inserted, 50 updated
                        """);
        assertThat(said.err())
                .contains("erp.items: completed, 1,200 rows fetched")
                .contains("erp.sites: The source cannot be reached");
    }

    @Test
    void syncSaysThatNothingChanged() {
        terminal.configure(Terminal.ERP);
        terminal.operations.outcomes =
                List.of(outcome("erp.items", Ending.COMPLETED, new RunCounts(9, 0, 0, 0, 9, 0, 0, 0), null));

        assertThat(terminal.run("sync").out()).endsWith("1 entity: 9 rows fetched, no changes\n");
    }

    @Test
    void syncIsQuietWhenAsked() {
        terminal.configure(Terminal.ERP);
        terminal.operations.outcomes = List.of(outcome("erp.items", Ending.FAILED, RunCounts.NONE, "Away"));

        assertThat(terminal.run("sync", "--quiet")).isEqualTo(new Said(1, "", "erp.items: Away\n"));
    }

    @Test
    void syncPrintsOneDocumentForPrograms() {
        terminal.configure(Terminal.ERP);
        terminal.operations.outcomes =
                List.of(outcome("erp.items", Ending.COMPLETED, new RunCounts(9, 4, 0, 0, 5, 0, 0, 0), null));
        Said said = terminal.run("--json", "sync");

        assertThat(said.out())
                .startsWith("{")
                .contains("\"exit_code\" : 0", "\"inserted\" : 4", "\"entity\" : \"erp.items\"", "\"took\" : 1.500");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void aFaultEndsTheVerbWithItsCode() {
        terminal.configure(Terminal.ERP);
        terminal.operations.fault = new CaravanException(FaultKind.CONFIGURATION, "LOCKED", "Somebody is at it");
        Said said = terminal.run("sync", "--json");

        assertThat(said.code()).isEqualTo(8);
        assertThat(said.out()).contains("\"code\" : \"LOCKED\"", "\"message\" : \"Somebody is at it\"");
        assertThat(said.err()).isEqualTo("caravan: Somebody is at it\n");
        assertThat(terminal.operations.calls).contains("close");
    }
}
