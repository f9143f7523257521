package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxBusiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The distribution, unpacked into a folder of its own and run as people run it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LauncherIT {
    private Path folder = Path.of("");
    private Path home = Path.of("");

    @BeforeAll
    void unpack(@TempDir Path shared) throws IOException, InterruptedException {
        folder = Files.createDirectory(shared.resolve("with a blank"));
        Path jar = Path.of(System.getProperty("caravan.jar")).toAbsolutePath();
        String archive = jar.toString().replaceFirst("\\.jar$", "-distribution.tar.gz");
        Said said = run(folder, Map.of(), "tar", "-xzf", archive);
        assertThat(said.code()).as(said.text()).isZero();
        home = folder.resolve(String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", ""));
    }

    private record Said(int code, String text) {}

    private static Process start(Path folder, Map<String, String> environment, List<String> words) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Said run(Path folder, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Process process = start(folder, environment, List.of(words));
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private Said caravan(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(home.resolve("caravan").toString()));
        all.addAll(List.of(words));
        return run(folder, Map.of(), all.toArray(new String[0]));
    }

    /** A file of the source as connector {@code erp}, with one more of its settings. */
    private Path configuration(String name, ApiSmithSandbox sandbox, String setting) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".properties"),
                "caravan.database.url = jdbc:sqlite:" + name + ".db\ncaravan.connector.erp.type = apismith\n"
                        + "caravan.connector.erp.url = " + sandbox.url() + "\ncaravan.connector.erp.token = "
                        + sandbox.token() + "\ncaravan.connector.erp." + setting + "\n");
    }

    @Test
    void holdsWhatAnOperatorNeeds() {
        for (String name : List.of("lib", "routes", "docs", "application.properties", "LICENSE", "caravan")) {
            assertThat(home.resolve(name)).exists();
        }
    }

    @Test
    void runsFromAnywhereAlsoThroughALink() throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("cv"), Path.of("../" + home.getFileName() + "/caravan"));
        Said said = run(elsewhere, Map.of("CARAVAN_JAVA_OPTS", "-Dx=1 -Xmx128m"), link.toString(), "version");

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).startsWith("caravan ").doesNotContain("development");
    }

    @Test
    void takesTheJavaThatTheEnvironmentNamesOrSaysThatItIsNotThere() throws IOException, InterruptedException {
        String launcher = home.resolve("caravan").toString();
        Said said = run(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), launcher, "version");
        assertThat(said.code()).as(said.text()).isZero();

        Said gone = run(folder, Map.of("JAVA_HOME", "/nowhere"), launcher, "version");
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.text()).contains("'/nowhere/bin/java' is not found", "Java 17 or newer");
    }

    @Test
    void hasAGoodConfigurationToBeginWith() throws IOException, InterruptedException {
        Said said = caravan("check");

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains(home.resolve("application.properties").toString());
    }

    @Test
    void saysWithItsExitCodeThatTheUsageIsWrong() throws IOException, InterruptedException {
        assertThat(caravan("nonsense").code()).isEqualTo(2);
    }

    @Test
    void showsTheDemo() throws IOException, InterruptedException {
        Said said = caravan("demo");

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text())
                .contains("27 entities: 14,628 rows fetched, 14,628 inserted", "no changes", "vin_products");
        assertThat(folder.resolve("caravan-demo.db")).isNotEmptyFile();
    }

    @Test
    void stopsOnATerminationSignalWithItsCode() throws IOException, InterruptedException {
        try (ApiSmithSandbox sandbox = ApiSmithSandbox.start(0)) {
            SandboxBusiness.publish(sandbox, 1);
            Path file = configuration("serve", sandbox, "every = 1s");
            Path log = folder.resolve("serve.log");
            Process process = new ProcessBuilder(
                            home.resolve("caravan").toString(), "serve", "--config", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                Awaitility.await()
                        .atMost(60, TimeUnit.SECONDS)
                        .untilAsserted(() -> assertThat(log).content().contains("Caravan serves", "status=completed"));
                process.destroy();

                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(143);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsASyncAtItsPageAndTheNextOneGoesOn(String signal, int code)
            throws IOException, InterruptedException {
        try (ApiSmithSandbox sandbox = ApiSmithSandbox.start(0)) {
            SandboxBusiness.publish(sandbox, 1);
            CountDownLatch underWay = new CountDownLatch(1);
            sandbox.before("order_lines", 5, underWay::countDown);
            Path file = configuration(signal, sandbox, "page-size = 10");
            String launcher = home.resolve("caravan").toString();
            List<String> words = List.of(launcher, "sync", "order_lines", "--config", file.toString());
            List<String> listening = new ArrayList<>(words);
            if (Files.exists(Path.of("/proc"))) {
                // Who runs the tests in the background may have SIGINT ignored, and so would whatever it starts.
                listening.addAll(0, List.of("env", "--default-signal=" + signal));
            }
            Process process = start(folder, Map.of(), listening);
            assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
            run(folder, Map.of(), "kill", "-" + signal, Long.toString(process.pid()));
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(text).isEqualTo(code);
            assertThat(text).contains("Stopped at a page; what came is stored, and the next run goes on");
            Said next = run(folder, Map.of(), words.toArray(new String[0]));
            assertThat(next.code()).as(next.text()).isZero();
            assertThat(caravan("status", "--config", file.toString()).text())
                    .containsPattern("erp.order_lines +completed +\\S+ \\S+ +5000");
        }
    }

    @Test
    void keepsTheLibraryOfSqliteAndLeavesNoCopyOfItBehindWhereItIsKilled(@TempDir Path temporary)
            throws IOException, InterruptedException {
        try (ApiSmithSandbox sandbox = ApiSmithSandbox.start(0)) {
            SandboxBusiness.publish(sandbox, 1);
            CountDownLatch underWay = new CountDownLatch(1);
            sandbox.before("order_lines", 5, underWay::countDown);
            Path file = configuration("killed", sandbox, "page-size = 10");
            Process process = start(
                    folder,
                    Map.of("CARAVAN_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary),
                    List.of(home.resolve("caravan").toString(), "sync", "order_lines", "--config", file.toString()));
            assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
            process.destroyForcibly().waitFor();
        }

        assertThat(temporary).isEmptyDirectory();
        assertThat(home.resolve("lib")).isDirectoryRecursivelyContaining("glob:**/sqlite-*/**/*sqlitejdbc*");
    }
}
