package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.cli.Terminal.Said;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.RunCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Verbs that need no state. */
class CommandLinesTest {
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
    void saysItsVersion() {
        assertThat(terminal.run("version").out()).startsWith("caravan ").contains("Java");
        assertThat(terminal.run("version", "--json").out()).contains("\"name\" : \"caravan\"");
    }

    @Test
    void wantsAVerb() {
        Said said = terminal.run();

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("Usage: caravan").contains("dead-letters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "sync --nonsense",
                "sync --limit 0",
                "sync --limit x",
                "sync --wait soon",
                "sync --full --since 1",
                "approve",
                "cursors set erp.items",
                "dead-letters show"
            })
    void endsWithTwoForWrongUsage(String line) {
        terminal.configure(Terminal.ERP);
        Said said = terminal.run(line.split(" ", -1));

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isNotBlank();
        assertThat(said.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "init",
                "check",
                "discover",
                "sync",
                "serve",
                "status",
                "runs",
                "dead-letters",
                "dead-letters list",
                "dead-letters retry",
                "dead-letters edit",
                "dead-letters drop",
                "cursors",
                "cursors import",
                "schedule",
                "schedule pause",
                "schema",
                "schema history",
                "approve",
                "approve deletes",
                "bench",
                "completion",
                "version"
            })
    void everyVerbHasHelpAndTheGlobalOptions(String verb) {
        Said said = terminal.run((verb + " --help").split(" ", -1));

        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("Usage: caravan " + verb, "--json", "--quiet", "--config", "Exit codes:");
    }

    @Test
    void printsACompletionScript() {
        assertThat(terminal.run("completion").out()).contains("complete -F").contains("dead-letters");
    }

    @Test
    void handsArgumentsToTheBenchmark() {
        assertThat(terminal.run("bench", "--rows", "7", "--delta", "1").code()).isEqualTo(7);
        assertThat(terminal.run("bench", "--rows", "7", "--delta", "8").code()).isEqualTo(2);
        assertThat(terminal.run("bench", "--postgresql", "localhost").err()).contains("jdbc:postgresql:");
    }

    @Test
    void writesAFileThatTheCheckFindsGood() throws IOException {
        Said said = terminal.run("init", "apismith");

        assertThat(said.code()).isZero();
        assertThat(Files.readString(folder.resolve("application.properties")))
                .contains("caravan.connector.erp.type = apismith");
        assertThat(terminal.run("check", "--offline"))
                .isEqualTo(new Said(
                        0,
                        "Configuration: good (" + folder.resolve("application.properties")
                                + ")\nConnections: not asked\n",
                        ""));
    }

    @Test
    void writesADataverseThatTheCheckFindsGood() throws IOException {
        assertThat(terminal.run("init", "dataverse", "apismith").code()).isZero();

        assertThat(Files.readString(folder.resolve("application.properties")))
                .contains("caravan.connector.crm.type = dataverse", "caravan.connector.erp.type = apismith");
        Said said = terminal.run("check", "--offline");
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.err()).isEmpty();
    }

    @Test
    void writesOverNothingUnasked() throws IOException {
        terminal.configure("# mine");

        assertThat(terminal.run("init").code()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("application.properties"))).isEqualTo("# mine");
        assertThat(terminal.run("init", "--force").code()).isZero();
        assertThat(Files.readString(folder.resolve("application.properties"))).contains("caravan.");
    }

    @Test
    void takesTheUntouchedSampleForNobodysWork() throws IOException {
        terminal.configure(Files.readString(Path.of("application.properties")));

        assertThat(terminal.run("init", "apismith").code()).isZero();
    }

    @Test
    void everyVerbIsDocumented() throws IOException {
        String page = Files.readString(Path.of("docs/reference/command-line.md"));
        GlobalOptions options = new GlobalOptions();
        CommandLine line = CommandLines.commandLine(new Context(terminal.surroundings(), options), options);

        assertThat(line.getSubcommands()).hasSizeGreaterThan(15);
        line.getSubcommands().forEach((name, verb) -> {
            assertThat(page).contains("| `" + name);
            String row = page.lines()
                    .filter(text -> text.startsWith("| `" + name))
                    .findFirst()
                    .orElseThrow();
            assertThat(verb.getSubcommands().keySet())
                    .allSatisfy(below -> assertThat(row).contains(below));
        });
        for (ExitCode code : ExitCode.values()) {
            assertThat(page).containsPattern("\\| (130, )?" + code.number() + "\\b");
        }
    }

    @Test
    void writesWhereConfigSays() {
        assertThat(terminal.run("init", "--config", "other.properties").code()).isZero();
        assertThat(folder.resolve("other.properties")).exists();
        assertThat(terminal.run("init", "nonsense").err()).contains("'nonsense' is not one of apismith");
    }

    @Test
    void theSampleAtTheTopIsTheOneThatInitWrites() throws IOException {
        terminal.run("init");

        assertThat(Files.readString(folder.resolve("application.properties")))
                .startsWith(Files.readString(Path.of("application.properties")));
    }

    @Test
    void checkShowsEveryMistakeAndEndsWithTwo() {
        terminal.configure("caravan.workers = x\ncaravan.memry = 1GB\n");
        Said said = terminal.run("check");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isEqualTo("""
                        application.properties has 2 mistakes:
                          line 1: caravan.workers: 'x' is not a whole number from 1 to 1000
                          line 2: caravan.memry: is not a known key; did you mean caravan.memory?
                        """);
        assertThat(terminal.operations.calls).isEmpty();
        assertThat(terminal.run("check", "--json").out())
                .contains("\"key\" : \"caravan.workers\"", "\"line\" : 1", "\"where\" : \"line 2\"");
    }

    @Test
    void otherVerbsRefuseAWrongConfigurationToo() {
        terminal.configure("caravan.workers = x\n");

        for (String verb : List.of("sync", "status", "runs", "discover", "serve", "cursors")) {
            Said said = terminal.run(verb);
            assertThat(said.code()).as(verb).isEqualTo(2);
            assertThat(said.err()).as(verb).contains("line 1: caravan.workers");
        }
    }

    @Test
    void checkShowsWhatEachEntityWillDo() {
        terminal.configure(Terminal.ERP);
        terminal.operations.checks = List.of(new ConnectorCheck(
                "erp",
                "apismith",
                "http://127.0.0.1:1",
                "jdbc:sqlite:caravan.db",
                null,
                List.of(),
                List.of(new ConnectorCheck.Entity(
                        "erp.items",
                        "items",
                        OptionalLong.of(7),
                        true,
                        "hash",
                        "the source says so",
                        Duration.ofSeconds(2)))));
        Said said = terminal.run("check");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains("erp (apismith at http://127.0.0.1:1): good, 1 APIs")
                .contains("erp.items  yes        7  2.0 s     items  hash      the source says so");
    }

    @ParameterizedTest
    @CsvSource({"DENIED,4", "TRANSIENT,1", "CONFIGURATION,2"})
    void checkEndsWithWhatIsWrongWithTheConnection(FaultKind kind, int code) {
        terminal.configure(Terminal.ERP);
        CaravanException fault = new CaravanException(kind, "X", "The token was refused");
        terminal.operations.checks = List.of(
                new ConnectorCheck("erp", "apismith", "http://x", "jdbc:sqlite:x.db", fault, List.of(), List.of()));
        Said said = terminal.run("check");

        assertThat(said.code()).isEqualTo(code);
        assertThat(said.out()).contains("erp (apismith at http://x): The token was refused");
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

    @Test
    void wantsAConnectorToSync() {
        assertThat(terminal.run("sync").err()).contains("No connector is configured", "caravan init apismith");
        assertThat(terminal.run("sync").code()).isEqualTo(2);
    }

    @Test
    void refusesAConnectorThatItCannotSync() {
        terminal.configure("""
                caravan.connector.x.type = sharepoint
                caravan.connector.x.tenant = t
                caravan.connector.x.client-id = c
                caravan.connector.x.client-secret = s
                """);
        Said said = terminal.run("sync");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("The connector x is of type sharepoint, which this version does not sync");
    }

    @Test
    void discoversTheConnectorAskedFor() {
        terminal.configure(Terminal.ERP + Terminal.ERP.replace("erp", "two"));
        Said said = terminal.run("discover", "two");

        assertThat(said.code()).isZero();
        assertThat(terminal.operations.calls).containsExactly("discover two", "close");
        assertThat(said.out()).contains("two.items: new");
        assertThat(terminal.run("discover", "three").err()).contains("No connector is called three; there is erp, two");
    }

    @Test
    void servesUntilItIsStopped() {
        terminal.configure(Terminal.ERP);

        assertThat(terminal.run("serve").out()).isEqualTo("Caravan serves; Ctrl-C stops it.\n");
        assertThat(terminal.operations.calls).containsExactly("serve", "close");
    }

    @Test
    void takesTheFileThatTheEnvironmentNames() {
        terminal.write("other.properties", "caravan.workers = x");
        terminal.environment.put("CARAVAN_CONFIG", "other.properties");

        assertThat(terminal.run("check").err()).startsWith("other.properties has 1 mistake");
        assertThat(terminal.run("check", "--config", "missing.properties").err())
                .contains("missing.properties cannot be read: it is not there");
    }

    @Test
    void warnsBesideTheResult() {
        terminal.environment.put("CARAVAN_WORKER", "3");

        assertThat(terminal.run("status").err()).contains("warning: environment variable CARAVAN_WORKER");
        assertThat(terminal.run("status", "-q").err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check --offline", "check --offline --json", "status", "sync", "schedule", "discover"})
    void neverPrintsASecret(String line) {
        terminal.configure(Terminal.ERP);
        Said said = terminal.run(line.split(" ", -1));

        assertThat(said.out() + said.err()).doesNotContain("hidden-token");
    }
}
