package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

final class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void opensAFileForOneWriterWithItsSettings() {
        try (Database database = open(file())) {
            JdbcTemplate sql = new JdbcTemplate(database.pool());
            assertThat(sql.queryForObject("PRAGMA journal_mode", String.class)).isEqualTo("wal");
            assertThat(sql.queryForObject("PRAGMA synchronous", Integer.class)).isEqualTo(1);
            assertThat(sql.queryForObject("PRAGMA cache_size", Integer.class)).isEqualTo(-65536);
            assertThat(sql.queryForObject("PRAGMA wal_autocheckpoint", Integer.class))
                    .isEqualTo(80000);
            assertThat(sql.queryForObject("PRAGMA foreign_keys", Integer.class)).isZero();
            assertThat(database.isSqlite()).isTrue();
        }
    }

    @Test
    void namesTheFolderThatIsMissing() {
        CaravanException fault = refusal("jdbc:sqlite:" + folder.resolve("none/a.db"), false);

        assertThat(fault.code()).isEqualTo("DATABASE_MISSING");
        assertThat(fault).hasMessageContaining(folder.resolve("none").toString());
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void makesNoFileForAReader() {
        assertThat(refusal(file(), true).code()).isEqualTo("DATABASE_MISSING");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesNoTraceOfAReader() throws IOException {
        try (Database database = open(file())) {
            Migrations.migrate(database);
        }
        try (Database database = Database.open(file(), null, null, 1, true)) {
            assertThat(Migrations.check(database)).isEqualTo(Migrations.State.CURRENT);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly("a b#%.db");
        }
    }

    @Test
    void letsAReaderSeeWhatAWriterHasCommitted() {
        try (Database writer = open(file())) {
            Migrations.migrate(writer);
            try (Database reader = Database.open(file(), null, null, 1, true)) {
                assertThat(Migrations.check(reader)).isEqualTo(Migrations.State.CURRENT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void refusesADamagedFile(int from) throws IOException {
        try (Database database = open(file())) {
            Migrations.migrate(database);
        }
        Path path = folder.resolve("a b#%.db");
        byte[] bytes = Files.readAllBytes(path);
        Arrays.fill(bytes, from, 4096, (byte) 'x');
        Files.write(path, bytes);

        CaravanException fault = refusal(file(), false);
        assertThat(fault.kind()).isEqualTo(FaultKind.CONFIGURATION);
        assertThat(fault.code()).isEqualTo("DATABASE_CORRUPT");
        assertThat(fault).hasMessageContaining("a b#%.db");
    }

    @Test
    void refusesAFolderInPlaceOfAFile() {
        assertThat(refusal("jdbc:sqlite:" + folder, false).code()).isEqualTo("DATABASE_READ_ONLY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:mysql://ann:s3cret@host/x?password=s3cret", "jdbc:sqlite:", "jdbc:sqlite::memory:", ""})
    void refusesOtherDatabases(String url) {
        CaravanException fault = refusal(url, false);

        assertThat(fault.code()).isEqualTo("DATABASE_KIND");
        assertThat(fault.getMessage()).doesNotContain("s3cret");
    }

    private String file() {
        return "jdbc:sqlite:" + folder.resolve("a b#%.db");
    }

    private static Database open(String url) {
        return Database.open(url, null, null, 4, false);
    }

    private static CaravanException refusal(String url, boolean readOnly) {
        return catchThrowableOfType(
                CaravanException.class,
                () -> Database.open(url, null, null, 1, readOnly).close());
    }
}
