package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
        String packed = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (InputStream inJar = SQLiteJDBCLoader.class.getResourceAsStream(packed)) {
            assertThat(Files.readAllBytes(library)).isEqualTo(inJar.readAllBytes());
        }
        assertThat(files()).containsExactly(library);
        Files.writeString(library, "another");
        assertThat(SqliteLibrary.in(kept)).contains(folder);
        assertThat(library).hasContent("another");
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
