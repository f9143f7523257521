package dev.caravan.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxBusiness;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every console block of the documents is run: per document in order, in one shell, in a fresh folder that is
 * the program's own: it holds {@code caravan}, which is on the PATH too, and {@code routes}. What goes to standard output is compared but for
 * {@link Masks}; a command must succeed. A document that names {@code http://localhost:8007} finds an APISmith there, and
 * its token in {@code ERP_TOKEN}; one that names {@code https://contoso.crm.dynamics.com} a Dataverse, and its client in
 * {@code CRM_CLIENT_ID} and {@code CRM_CLIENT_SECRET}; one that names {@code dataverse.db} an {@link OldDatabase}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsIT {
    private static final String APISMITH = "http://localhost:8007";
    private static final String DATAVERSE = "https://contoso.crm.dynamics.com";
    private static final String OLD_DATABASE = "dataverse.db";
    private static final String SHOWN_FOLDER = "/home/me/erp";
    private static final int LONGEST_MINUTES = 10;

    private Path work = Path.of("");
    private Path launcher = Path.of("");
    private Path routes = Path.of("routes").toAbsolutePath();

    @BeforeAll
    void prepare(@TempDir Path shared) throws IOException, InterruptedException {
        work = shared.toRealPath();
        String jar = System.getProperty("caravan.jar");
        launcher = jar == null ? fromClasses() : fromDistribution(Path.of(jar).toAbsolutePath());
    }

    private Path fromDistribution(Path jar) throws IOException, InterruptedException {
        String archive = jar.toString().replaceFirst("\\.jar$", "-distribution.tar.gz");
        Process tar = new ProcessBuilder("tar", "-xzf", archive)
                .directory(work.toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        Path home = work.resolve(String.valueOf(jar.getFileName()).replaceFirst("\\.jar$", ""));
        routes = home.resolve("routes");
        return home.resolve("caravan");
    }

    /** Where there is no distribution yet, as in a single test's run: the classes of this process. */
    private Path fromClasses() throws IOException {
        Path script = work.resolve("from-classes");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                script,
                "#!/bin/sh\nexec " + java + " -cp '" + System.getProperty("java.class.path")
                        + "' dev.caravan.Caravan \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theReadmeShowsCommands() throws IOException {
        assertThat(ConsoleBlocks.read(Path.of("README.md"))).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyConsoleBlockDoesWhatItsDocumentShows() throws IOException {
        return documents().stream()
                .map(document -> DynamicTest.dynamicTest(document.toString(), () -> {
                    List<ConsoleBlocks.Step> steps = ConsoleBlocks.read(document);
                    if (!steps.isEmpty()) {
                        run(document, steps);
                    }
                }));
    }

    private void run(Path document, List<ConsoleBlocks.Step> steps)
            throws IOException, InterruptedException, SQLException {
        String name = document.toString().replace('/', '-');
        Path outputs = Files.createDirectories(work.resolve("output-" + name));
        Path folder = Files.createDirectories(work.resolve("folder-" + name));
        Path bin = Files.createDirectories(work.resolve("bin"));
        for (Path place : List.of(bin, folder)) {
            Files.deleteIfExists(place.resolve("caravan"));
            Files.createSymbolicLink(place.resolve("caravan"), launcher);
        }
        copy(routes, folder.resolve("routes"));
        boolean asksDataverse = steps.stream().anyMatch(step -> step.command().contains(DATAVERSE));
        try (ApiSmithSandbox sandbox = ApiSmithSandbox.start(0);
                DataverseSandbox dataverse = DataverseSandbox.start(0)) {
            SandboxBusiness.publish(sandbox, 1);
            DataverseBusiness.publish(dataverse, DataverseBusiness.Size.small());
            if (steps.stream().anyMatch(step -> step.command().contains(OLD_DATABASE))) {
                OldDatabase.make(folder.resolve(OLD_DATABASE), dataverse);
            }
            Map<String, String> shown = Map.of(sandbox.url(), APISMITH, dataverse.url(), DATAVERSE);
            Path script = Files.writeString(work.resolve(name + ".sh"), script(steps, outputs, shown));
            Map<String, String> environment = new HashMap<>(Map.of(
                    "ERP_TOKEN", sandbox.token(),
                    "CRM_CLIENT_ID", DataverseSandbox.CLIENT_ID,
                    "CRM_CLIENT_SECRET", DataverseSandbox.CLIENT_SECRET));
            if (asksDataverse) {
                environment.put("CARAVAN_CONNECTOR_CRM_AUTHORITY", dataverse.loginUrl());
            }
            play(script, folder, bin, environment);
            for (int i = 0; i < steps.size(); i++) {
                compare(document, steps.get(i), outputs.resolve(String.valueOf(i)), folder, shown);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static String script(List<ConsoleBlocks.Step> steps, Path outputs, Map<String, String> shown) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            Path output = outputs.resolve(String.valueOf(i));
            script.append("exec >'")
                    .append(output)
                    .append("' 2>'")
                    .append(output)
                    .append(".err'\n");
            String command = steps.get(i).command();
            for (Map.Entry<String, String> url : shown.entrySet()) {
                command = command.replace(url.getValue(), url.getKey());
            }
            script.append(command).append('\n');
            script.append("echo $? >'").append(output).append(".code'\n");
        }
        return script.toString();
    }

    private static void play(Path script, Path folder, Path bin, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString()).directory(folder.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("CARAVAN_"));
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("CARAVAN_HOME", folder.toString());
        builder.environment().putAll(environment);
        builder.environment().put("LANG", "C.UTF-8");
        Process shell = builder.start();
        try {
            shell.getOutputStream().close();
            assertThat(shell.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                    .as("the document comes to an end")
                    .isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroyForcibly();
        }
    }

    private static void compare(
            Path document, ConsoleBlocks.Step step, Path output, Path folder, Map<String, String> shown)
            throws IOException {
        String where = document + ":" + step.line() + ": " + step.command();
        assertThat(Files.readString(output.resolveSibling(output.getFileName() + ".code"))
                        .trim())
                .as(where + "\n" + Files.readString(output)
                        + Files.readString(output.resolveSibling(output.getFileName() + ".err")))
                .isEqualTo("0");
        String actual = Files.readString(output).replace(folder.toString(), SHOWN_FOLDER);
        for (Map.Entry<String, String> url : shown.entrySet()) {
            actual = actual.replace(url.getKey(), url.getValue());
        }
        String masked = actual.lines().map(line -> Masks.apply(line) + "\n").collect(Collectors.joining());
        assertThat(masked).as(where + "\nprinted\n" + actual).matches(Masks.expected(step.output()));
    }
}
