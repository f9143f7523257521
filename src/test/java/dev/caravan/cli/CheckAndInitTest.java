package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Terminal.Said;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration is written, checked and refused. */
class CheckAndInitTest {
    @TempDir
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
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
    void mistakesInMappingsStandAmongTheOthers() {
        terminal.configure("""
                caravan.workers = x
                caravan.connector.erp.entity.items.map.NAME = name | uppercas
                caravan.connector.erp.type = apismith
                caravan.connector.erp.url = nonsense
                caravan.connector.erp.token = t
                """);

        assertThat(terminal.run("check").err())
                .containsSubsequence(
                        "application.properties has 3 mistakes:",
                        "line 1: caravan.workers: 'x' is not a whole number",
                        "line 2: caravan.connector.erp.entity.items.map.NAME: erp.items: map.NAME: at character 8:"
                                + " 'uppercas' is not a transformation",
                        "line 4: caravan.connector.erp.url: is not an http or https address");
        assertThat(terminal.run("sync").err()).contains("has 3 mistakes:", "'uppercas' is not a transformation");
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
                Map.of(),
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
                .contains("erp (apismith at http://127.0.0.1:1): good, 1 API")
                .contains("erp.items  yes        7  2.0 s     items  hash      the source says so");
    }

    @ParameterizedTest
    @CsvSource({"DENIED,4", "TRANSIENT,1", "CONFIGURATION,2"})
    void checkEndsWithWhatIsWrongWithTheConnection(FaultKind kind, int code) {
        terminal.configure(Terminal.ERP);
        CaravanException fault = new CaravanException(kind, "X", "The token was refused");
        terminal.operations.checks = List.of(new ConnectorCheck(
                "erp", "apismith", "http://x", "jdbc:sqlite:x.db", fault, List.of(), Map.of(), List.of()));
        Said said = terminal.run("check");

        assertThat(said.code()).isEqualTo(code);
        assertThat(said.out()).contains("erp (apismith at http://x): The token was refused");
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
