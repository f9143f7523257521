package dev.caravan.target.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.SqliteDialect;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteDataSource;

final class SqliteTableTest extends TableContractTest {
    @TempDir
    Path folder;

    @Override
    DataSource dataSource() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("target.db"));
        return source;
    }

    @Override
    Dialect dialect() {
        return new SqliteDialect();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(Kind.TEXT, "10 €\n😀", "text", "10 €\n😀"),
                Arguments.of(Kind.TEXT, "", "text", ""),
                Arguments.of(Kind.TEXT, "007", "text", "007"),
                Arguments.of(Kind.TEXT, "a\0b", "text", "a\0b"),
                Arguments.of(Kind.TEXT, "x".repeat(10_000_000), "text", "x".repeat(10_000_000)),
                Arguments.of(Kind.INTEGER, Long.MAX_VALUE, "integer", Long.MAX_VALUE),
                Arguments.of(Kind.INTEGER, Long.MIN_VALUE, "integer", Long.MIN_VALUE),
                Arguments.of(Kind.DECIMAL, new BigDecimal("42"), "integer", 42),
                Arguments.of(Kind.DECIMAL, new BigDecimal("1E+3"), "integer", 1000),
                Arguments.of(Kind.DECIMAL, new BigDecimal("-9.99"), "real", -9.99),
                Arguments.of(Kind.DECIMAL, new BigDecimal("123456789.1234567890"), "text", "123456789.1234567890"),
                Arguments.of(Kind.DECIMAL, new BigDecimal("9".repeat(38)), "text", "9".repeat(38)),
                Arguments.of(Kind.DECIMAL, new BigDecimal("1E+400"), "text", "1" + "0".repeat(400)),
                Arguments.of(Kind.DECIMAL, new BigDecimal("1E-400"), "text", "0." + "0".repeat(399) + "1"),
                Arguments.of(Kind.DOUBLE, 0.1, "real", 0.1),
                Arguments.of(Kind.DOUBLE, Double.MAX_VALUE, "real", Double.MAX_VALUE),
                Arguments.of(Kind.DATE, LocalDate.of(1, 1, 1), "text", "0001-01-01"),
                Arguments.of(Kind.DATE, LocalDate.of(9999, 12, 31), "text", "9999-12-31"),
                Arguments.of(
                        Kind.TIMESTAMP, Instant.parse("2025-12-08T12:00:00Z"), "text", "2025-12-08T12:00:00.000000Z"),
                Arguments.of(
                        Kind.TIMESTAMP,
                        Instant.parse("2025-12-08T12:00:00.123456789Z"),
                        "text",
                        "2025-12-08T12:00:00.123456789Z"),
                Arguments.of(Kind.BOOLEAN, true, "integer", 1),
                Arguments.of(Kind.BOOLEAN, false, "integer", 0),
                Arguments.of(Kind.BINARY, new byte[] {0, -1, 127}, "blob", new byte[] {0, -1, 127}),
                Arguments.of(Kind.JSON, "{\"a\":\"\\u0000\"}", "text", "{\"a\":\"\\u0000\"}"),
                Arguments.of(Kind.DECIMAL, null, "null", null));
    }

    @ParameterizedTest(name = "{0} as {2}")
    @MethodSource("values")
    void keepsEachTypeInTheSmallestStorageThatHoldsItExactly(
            Kind kind, @Nullable Object value, String storage, @Nullable Object kept) {
        assertThat(roundTrip(ColumnType.of(kind), value)).isEqualTo(kept);
        assertThat(jdbc().queryForObject("SELECT typeof(\"V\") FROM items", String.class))
                .isEqualTo(storage.toLowerCase(Locale.ROOT));
    }

    @Test
    void widensAColumnThatAViewAndATriggerName() {
        ColumnType integer = new ColumnType(Kind.INTEGER, 0, 9, 0);
        roundTrip(integer, 7L);
        jdbc().execute("CREATE VIEW inner_view AS SELECT V FROM items");
        jdbc().execute("CREATE VIEW outer_view AS SELECT V + 1 AS w FROM inner_view");
        jdbc().execute("CREATE TABLE log (v)");
        jdbc().execute("CREATE TRIGGER told AFTER INSERT ON items BEGIN INSERT INTO log VALUES (new.V); END");

        widenV(integer, ColumnType.decimal(38, 10));

        assertThat(jdbc().queryForObject("SELECT w FROM outer_view", Integer.class))
                .isEqualTo(8);
        assertThat(jdbc().queryForObject("SELECT count(*) FROM sqlite_master WHERE name = 'told'", Integer.class))
                .isEqualTo(1);
    }
}
