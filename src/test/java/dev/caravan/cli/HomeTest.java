package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path folder;

    @Test
    void isWhereTheJarLies() {
        assertThat(Home.of(folder.resolve("caravan.jar"))).isEqualTo(folder);
    }

    @Test
    void isTheProjectThatTheJarWasBuiltIn() throws IOException {
        Files.createFile(folder.resolve("pom.xml"));

        assertThat(Home.of(folder.resolve("target/caravan.jar"))).isEqualTo(folder);
        assertThat(Home.of(folder.resolve("target/classes"))).isEqualTo(folder);
    }

    @Test
    void isAFolderThatHappensToBeCalledTarget() {
        assertThat(Home.of(folder.resolve("target/caravan.jar"))).isEqualTo(folder.resolve("target"));
    }

    @Test
    void isWhatTheEnvironmentSays() {
        assertThat(Home.find(Map.of("CARAVAN_HOME", folder.toString()))).isEqualTo(folder);
    }
}
