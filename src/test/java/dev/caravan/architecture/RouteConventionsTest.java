package dev.caravan.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How route files look. */
final class RouteConventionsTest {
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHoldsOneThingOfItsNameWithAPolicyAndSaysWhatItIsFor(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String name = file.getFileName().toString().replace(".yaml", "");
        assertThat(lines).hasSizeLessThanOrEqualTo(60);
        assertThat(lines.get(0)).startsWith("# ");
        assertThat(lines.stream().filter(line -> line.startsWith("- "))).hasSize(1);
        assertThat(lines).contains("    id: " + name);
        boolean policy = file.toString().contains("policies");
        assertThat(policy || lines.stream().anyMatch(line -> line.contains("routeConfigurationId: ")))
                .isTrue();
    }
}
