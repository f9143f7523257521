package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.config.PropertiesFile.Entry;
import dev.caravan.fault.CaravanException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {
    @TempDir
    Path folder;

    @Test
    void knowsTheLineOfEachKey() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.properties"),
                "\uFEFFone = 1\r\n\r\n# c \\\r\n! d\r\ntwo : a, \\\r\n    b\r\nthree four\r\nfive\r\none=ü \\u00e4 \\\\");

        assertThat(PropertiesFile.read(file))
                .containsExactly(
                        new Entry("one", "1", 1),
                        new Entry("two", "a, b", 5),
                        new Entry("three", "four", 7),
                        new Entry("five", "", 8),
                        new Entry("one", "ü ä \\", 9));
    }

    @Test
    void refusesABrokenEscapeWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("a.properties"), "a = 1\nb = \\u12x4\n");

        assertThatThrownBy(() -> PropertiesFile.read(file))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file = Files.write(folder.resolve("a.properties"), new byte[] {'a', '=', (byte) 0xfc});

        assertThatThrownBy(() -> PropertiesFile.read(file))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("is not a text in UTF-8");
    }

    /** {@link Properties} is the measure of what a file means; every text of up to six of these characters is tried. */
    @Test
    void readsWhatJavaReads() throws IOException {
        List<String> texts = List.of("");
        for (int length = 0; length <= 6; length++) {
            List<String> longer = new ArrayList<>();
            for (String text : texts) {
                assertReadAsJavaDoes(text);
                for (char next : "a= \\\n#\f".toCharArray()) {
                    longer.add(text + next);
                }
            }
            texts = longer;
        }
    }

    private static void assertReadAsJavaDoes(String text) throws IOException {
        Properties expected = new Properties();
        expected.load(new StringReader(text));
        Properties found = new Properties();
        PropertiesFile.parse(Path.of("a.properties"), text)
                .forEach(entry -> found.setProperty(entry.key(), entry.value()));
        if (!found.equals(expected)) {
            assertThat(found).as("of %s", text.chars().boxed().toList()).isEqualTo(expected);
        }
    }
}
