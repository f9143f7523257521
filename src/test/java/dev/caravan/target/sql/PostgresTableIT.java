package dev.caravan.target.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.target.sql.dialect.Dialect;
import dev.caravan.target.sql.dialect.PostgresDialect;
import dev.caravan.testing.Postgres;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresTableIT extends TableContractTest {
    private final PGSimpleDataSource source = source();

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Postgres.freshDatabase() + "&stringtype=unspecified");
        source.setOptions("-c TimeZone=UTC");
        return source;
    }

    @Override
    DataSource dataSource() {
        return source;
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(ColumnType.of(Kind.TEXT), "10 €\n😀", "10 €\n😀"),
                Arguments.of(ColumnType.of(Kind.TEXT), "", ""),
                Arguments.of(ColumnType.text(3), "x".repeat(10_000_000), "x".repeat(10_000_000)),
                Arguments.of(ColumnType.of(Kind.INTEGER), Long.MAX_VALUE, Long.toString(Long.MAX_VALUE)),
                Arguments.of(ColumnType.of(Kind.INTEGER), Long.MIN_VALUE, Long.toString(Long.MIN_VALUE)),
                Arguments.of(
                        ColumnType.of(Kind.DECIMAL), new BigDecimal("123456789.1234567890"), "123456789.1234567890"),
                Arguments.of(ColumnType.of(Kind.DECIMAL), new BigDecimal("1E+400"), "1" + "0".repeat(400)),
                Arguments.of(ColumnType.decimal(10, 2), new BigDecimal("-9.9"), "-9.90"),
                Arguments.of(ColumnType.of(Kind.DOUBLE), 0.1, "0.1"),
                Arguments.of(ColumnType.of(Kind.DATE), LocalDate.of(1, 1, 1), "0001-01-01"),
                Arguments.of(ColumnType.of(Kind.DATE), LocalDate.of(9999, 12, 31), "9999-12-31"),
                Arguments.of(
                        ColumnType.of(Kind.TIMESTAMP),
                        Instant.parse("2025-12-08T12:00:00.123456Z"),
                        "2025-12-08 12:00:00.123456+00"),
                Arguments.of(
                        ColumnType.of(Kind.TIMESTAMP), Instant.parse("0001-01-01T00:00:00Z"), "0001-01-01 00:00:00+00"),
                Arguments.of(ColumnType.of(Kind.BOOLEAN), true, "true"),
                Arguments.of(ColumnType.of(Kind.BINARY), new byte[] {0, -1, 127}, "\\x00ff7f"),
                Arguments.of(ColumnType.of(Kind.JSON), "{\"a\":\"\\u0000\"}", "{\"a\":\"\\u0000\"}"),
                Arguments.of(ColumnType.of(Kind.DECIMAL), null, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void keepsEachTypeExactly(ColumnType type, @Nullable Object value, @Nullable String kept) {
        roundTrip(type, value);

        assertThat(jdbc().queryForObject("SELECT CAST(\"V\" AS text) FROM items", String.class))
                .isEqualTo(kept);
    }

    @Test
    void refusesTheCharacterZeroAsAMatterOfOneRow() {
        assertThatThrownBy(() -> roundTrip(ColumnType.of(Kind.TEXT), "a\0b"))
                .satisfies(failure -> assertThat(DatabaseFaults.kind(failure)).isEqualTo(FaultKind.BAD_DATA));
    }

    @Test
    void comparesRowVersionsAsBytes() {
        roundTrip(ColumnType.of(Kind.TEXT), "x");

        assertThat(jdbc().queryForObject(
                                "SELECT collation_name FROM information_schema.columns WHERE table_name = 'items'"
                                        + " AND column_name = '_bridge_rowversion'",
                                String.class))
                .isEqualTo("C");
    }
}
