package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

class SqliteLibraryTest {
    @TempDir
    Path kept;

    @Test
    void theDriversLibraryIsKeptAsItIsInItsJarAndTakenOutOnce() throws IOException {
        Path folder = SqliteLibrary.in(kept).orElseThrow();
        Path library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
        assertThat(library).hasBinaryContent(packed());
        assertThat(files()).containsExactly(library);

        FileTime once = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(library, once);
        assertThat(SqliteLibrary.in(kept)).contains(folder);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(once);
    }

    @Test
    void oneThatIsCutShortIsTakenOutAnew() throws IOException {
        Path library = SqliteLibrary.in(kept).orElseThrow().resolve(LibraryLoaderUtil.getNativeLibName());
        Files.write(library, Arrays.copyOf(packed(), 1000));

        assertThat(SqliteLibrary.in(kept)).contains(library.getParent());
        assertThat(library).hasBinaryContent(packed());
    }

    @Test
    void oneThatCannotBeLoadedIsLeftAlone() throws IOException {
        Path library = SqliteLibrary.in(kept).orElseThrow().resolve(LibraryLoaderUtil.getNativeLibName());
        byte[] bad = packed();
        Arrays.fill(bad, (byte) 7);
        Files.write(library, bad);
        String before = System.getProperty("org.sqlite.lib.path");
        System.setProperty("caravan.kept", kept.toString());
        try {
            SqliteLibrary.use();
            assertThat(System.getProperty("org.sqlite.lib.path")).isEqualTo(before);
        } finally {
            System.clearProperty("caravan.kept");
        }
    }

    private static byte[] packed() throws IOException {
        String name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (InputStream inJar = SQLiteJDBCLoader.class.getResourceAsStream(name)) {
            return inJar.readAllBytes();
        }
    }

    @Test
    void anotherVersionOfTheDriverHasAnotherFolder() {
        assertThat(SqliteLibrary.in(kept).orElseThrow().toString()).contains("sqlite-" + SQLiteJDBCLoader.getVersion());
    }

    @Test
    void whereNothingCanBeKeptTheDriverIsLeftToItself() throws IOException {
        assertThat(SqliteLibrary.in(kept.resolve("missing"))).isEmpty();
        Files.writeString(kept.resolve("sqlite-" + SQLiteJDBCLoader.getVersion()), "in the way");
        assertThat(SqliteLibrary.in(kept)).isEqualTo(Optional.empty());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(kept)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
