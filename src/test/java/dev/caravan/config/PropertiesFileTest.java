package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.config.PropertiesFile.Entry;
import dev.caravan.fault.CaravanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
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

    /** {@link Properties} is the measure of what a file means. */
    @Property(tries = 300)
    void readsWhatJavaReads(
            @ForAll
                    @StringLength(max = 60)
                    @Chars({'a', 'b', '=', ':', ' ', '\\', '\n', '\t', '#', '!', '\f'})
                    @CharRange(from = 'x', to = 'z')
                    String text)
            throws IOException {
        Path file = Files.createTempFile("caravan", ".properties");
        try {
            Files.writeString(file, text);
            Properties expected = new Properties();
            expected.load(Files.newBufferedReader(file));
            Properties found = new Properties();
            PropertiesFile.read(file).forEach(entry -> found.setProperty(entry.key(), entry.value()));

            assertThat(found).isEqualTo(expected);
        } finally {
            Files.delete(file);
        }
    }
}
