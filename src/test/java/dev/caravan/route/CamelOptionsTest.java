package dev.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelOptionsTest {
    @TempDir
    Path folder = Path.of("");

    private Settings settings() {
        return SettingsReader.read(null, folder, folder.resolve("home"), Map.of());
    }

    @Test
    void aFolderOfRoutesThatIsNowhereIsToldWithWhereItWasLookedForAndWhatToDo() {
        assertThatExceptionOfType(CaravanException.class)
                .isThrownBy(() -> CamelOptions.of(settings(), false))
                .satisfies(missing -> {
                    assertThat(missing.code()).isEqualTo("ROUTES_MISSING");
                    assertThat(missing.kind()).isEqualTo(FaultKind.CONFIGURATION);
                    assertThat(missing)
                            .hasMessageContaining(
                                    folder.resolve("home").resolve("routes").toString())
                            .hasMessageContaining("set caravan.routes");
                });
    }

    @Test
    void routesAreReadFromTheFolderThatALinkLeadsTo() throws IOException {
        Path real = Files.createDirectories(folder.resolve("elsewhere")).toRealPath();
        Files.createDirectories(folder.resolve("home"));
        Files.createSymbolicLink(folder.resolve("home").resolve("routes"), real);
        assertThat(CamelOptions.of(settings(), false))
                .containsEntry("camel.main.routesIncludePattern", "file:" + real + "/**/*.yaml");
    }
}
