package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    @TempDir
    Path folder;

    private ConfigurationFolder in() {
        return new ConfigurationFolder(folder);
    }

    @Test
    void hasDefaultsWithoutAFile() {
        Settings settings = SettingsReader.read(null, folder, folder.resolve("home"), Map.of());

        assertThat(settings.database().url()).isEqualTo("jdbc:sqlite:" + folder.resolve("caravan.db"));
        assertThat(settings.databases()).isEmpty();
        assertThat(settings.httpHost()).isEqualTo("127.0.0.1");
        assertThat(settings.httpPort()).isEqualTo(8008);
        assertThat(settings.workers()).isEqualTo(10);
        assertThat(settings.memory()).isEqualTo(64L * 1024 * 1024);
        assertThat(settings.maxDeletePercent()).isEqualTo(20);
        assertThat(settings.maxDeleteRows()).isEqualTo(50);
        assertThat(settings.keepRuns()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.secretsKey()).isEmpty();
        assertThat(settings.routesReload()).isFalse();
        assertThat(settings.routes()).isEqualTo(folder.resolve("home").resolve("routes"));
        assertThat(settings.log().level()).isEqualTo("info");
        assertThat(settings.log().file()).isEmpty();
        assertThat(settings.log().json()).isFalse();
        assertThat(settings.connectors()).isEmpty();
        assertThat(settings.bridges()).isEmpty();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void readsEveryFixedKey() throws IOException {
        Files.createDirectories(folder.resolve("flows"));
        Settings settings = in().read(
                        "caravan.database.url = jdbc:postgresql://db/erp",
                        "caravan.database.username = sync",
                        "caravan.database.password = pw",
                        "caravan.database.crm.url = jdbc:sqlite:crm.db",
                        "caravan.http.host = 0.0.0.0",
                        "caravan.http.port = 9000",
                        "caravan.workers = 3",
                        "caravan.memory = 1GB",
                        "caravan.max-delete-percent = 5",
                        "caravan.max-delete-rows = 7",
                        "caravan.keep-runs = 12h",
                        "caravan.secrets-key = k",
                        "caravan.routes-reload = true",
                        "caravan.routes = flows",
                        "caravan.log.level = WARN",
                        "caravan.log.file = logs/caravan.log",
                        "caravan.log.format = JSON");

        assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://db/erp");
        assertThat(settings.database().username()).contains("sync");
        assertThat(settings.database().password()).contains(new Secret("pw"));
        assertThat(settings.databases().get("crm"))
                .isEqualTo(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("crm.db"), null, null));
        assertThat(settings.httpHost()).isEqualTo("0.0.0.0");
        assertThat(settings.httpPort()).isEqualTo(9000);
        assertThat(settings.workers()).isEqualTo(3);
        assertThat(settings.memory()).isEqualTo(1L << 30);
        assertThat(settings.maxDeletePercent()).isEqualTo(5);
        assertThat(settings.maxDeleteRows()).isEqualTo(7);
        assertThat(settings.keepRuns()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.secretsKey()).contains(new Secret("k"));
        assertThat(settings.routesReload()).isTrue();
        assertThat(settings.routes()).isEqualTo(folder.resolve("flows"));
        assertThat(settings.log())
                .isEqualTo(new Settings.Log(
                        "warn", java.util.Optional.of(folder.resolve("logs").resolve("caravan.log")), true));
    }

    @Test
    void takesTheRoutesBesideTheFileIfThereAreAny() throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));

        assertThat(in().read("").routes()).isEqualTo(routes);
    }

    @Test
    void handsForeignKeysOnAsTheyStand() {
        Settings settings = in().read("camel.main.name = {{env:NOBODY}}", "greeting = hello", "caravan.workers = 1");

        assertThat(settings.passedOn())
                .containsExactlyInAnyOrderEntriesOf(Map.of("camel.main.name", "{{env:NOBODY}}", "greeting", "hello"));
    }

    @Test
    void tellsAllMistakesAtOnceInTheOrderOfTheFile() {
        List<String> problems = in().problemsOf(
                        "# comment",
                        "caravan.worker = 3",
                        "caravan.http.port = 99999",
                        "caravan.keep-runs = soon",
                        "caravan.log.level = lowd",
                        "caravan.database.crm.username = me",
                        "carvan.memory = 1GB");

        assertThat(problems)
                .containsExactly(
                        "line 2: caravan.worker: is not a known key; did you mean caravan.workers?",
                        "line 3: caravan.http.port: '99999' is not a whole number from 1 to 65535",
                        "line 4: caravan.keep-runs: 'soon' is not a duration such as 500ms, 30s, 15m, 2h or 1d",
                        "line 5: caravan.log.level: 'lowd' is not one of trace, debug, info, warn, error",
                        "line 6: caravan.database.crm.url: is missing; a database needs one",
                        "line 7: carvan.memory: is not a known key; did you mean caravan.memory?");
    }

    @Test
    void throwsOneFaultThatListsThem() {
        assertThatThrownBy(() -> in().read("caravan.workers = x", "caravan.memory = 0MB"))
                .isInstanceOfSatisfying(CaravanException.class, fault -> {
                    assertThat(fault.kind()).isEqualTo(FaultKind.CONFIGURATION);
                    assertThat(fault.code()).isEqualTo("CONFIGURATION_WRONG");
                })
                .hasMessage("""
                        application.properties has 2 mistakes:
                          line 1: caravan.workers: 'x' is not a whole number from 1 to 1000
                          line 2: caravan.memory: '0MB' is not a size above zero, such as 512KB, 64MB or 1GB""");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    caravan.workers,            0
                    caravan.workers,            -1
                    caravan.workers,            99999999999999
                    caravan.memory,             64
                    caravan.max-delete-percent, 101
                    caravan.routes-reload,      perhaps
                    caravan.routes,             nowhere
                    caravan.database.url,       jdbc:oracle:thin:@db
                    caravan.database.url,       jdbc:sqlite:
                    caravan.log.format,         xml
                    """)
    void refuses(String key, String value) {
        assertThat(in().examine(key + " = " + value).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.line()).isEqualTo(1);
        });
    }

    @Test
    void warnsOfAKeyThatIsSetTwice() {
        Reading reading = in().examine("caravan.workers = 1", "", "caravan.workers = 2");

        assertThat(reading.settings().workers()).isEqualTo(2);
        assertThat(reading.warnings())
                .containsExactly("line 3: caravan.workers was set before in line 1; the later value counts");
    }

    @Test
    void neverShowsASecret() {
        Settings settings = in().examineErp(
                        "caravan.database.url = jdbc:postgresql://u:hidden@db/x?password=hidden",
                        "caravan.database.password = hidden",
                        "caravan.secrets-key = hidden",
                        "caravan.connector.erp.password = hidden")
                .settings();

        assertThat(settings.toString())
                .doesNotContain("hidden")
                .doesNotContain("t0ken")
                .contains("****");
    }

    @Test
    void doesNotRepeatAnAddressThatMayHoldAPassword() {
        List<String> problems = in().problemsOf(
                        "caravan.connector.erp.type = apismith",
                        "caravan.connector.erp.url = https://me:hidden@host/a b",
                        "caravan.connector.erp.token = x",
                        "caravan.database.url = postgres://me:hidden@db/x");

        assertThat(problems).hasSize(2).noneMatch(problem -> problem.contains("hidden"));
    }

    @Test
    void saysWhichFileCannotBeRead() {
        Path missing = folder.resolve("missing.properties");

        assertThatThrownBy(() -> SettingsReader.read(missing, folder, folder, Map.of()))
                .isInstanceOf(CaravanException.class)
                .hasMessage(missing + " cannot be read: it is not there");
    }
}
