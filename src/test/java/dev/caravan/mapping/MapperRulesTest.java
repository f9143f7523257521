package dev.caravan.mapping;

import static dev.caravan.mapping.OneField.broken;
import static dev.caravan.mapping.OneField.check;
import static dev.caravan.mapping.OneField.map;
import static dev.caravan.mapping.OneField.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.ColumnType.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Defaults, required fields and the rules that values are held to. */
class MapperRulesTest {
    @Test
    void aDefaultHasTheTypeOfItsColumn() {
        assertThat(map(Kind.TEXT, "default('x, y')", null)).isEqualTo("x, y");
        assertThat(map(Kind.TEXT, "default('x')", "there")).isEqualTo("there");
        assertThat(map(Kind.JSON, "default('{}')", null)).isEqualTo("{}");
        assertThat(map(Kind.INTEGER, "default(5)", null)).isEqualTo(5L);
        assertThat(map(Kind.DECIMAL, "default(1e3)", null)).isEqualTo(new BigDecimal("1000"));
        assertThat(map(Kind.DECIMAL, "default('1.50')", null)).isEqualTo(new BigDecimal("1.5"));
        assertThat(map(Kind.DOUBLE, "default(1.5)", null)).isEqualTo(1.5);
        assertThat(map(Kind.BOOLEAN, "default(true)", null)).isEqualTo(true);
        assertThat(map(Kind.BOOLEAN, "default(false)", null)).isEqualTo(false);
        assertThat(map(Kind.DATE, "default('2025-12-08')", null)).isEqualTo(LocalDate.of(2025, 12, 8));
        assertThat(map(Kind.TIMESTAMP, "default('2025-12-08T00:00:00Z')", null))
                .isEqualTo(Instant.parse("2025-12-08T00:00:00Z"));
        assertThat(map(Kind.UUID, "default('0190A6C2-0000-7000-8000-00000000000A')", null))
                .isEqualTo("0190a6c2-0000-7000-8000-00000000000a");
        assertThat(map(Kind.BINARY, "default('00ff')", null)).isEqualTo(new byte[] {0, (byte) 255});
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TEXT", "JSON"},
            mode = EnumSource.Mode.EXCLUDE)
    void aDefaultThatIsNoValueOfTheTypeIsRefusedAtTheStart(Kind kind) {
        wrong(kind, "default('nonsense')", "nonsense");
    }

    @Test
    void aDefaultIsAWholeUuid() {
        wrong(Kind.UUID, "default('1-1-1-1-1')", "1-1-1-1-1");
    }

    @Test
    void aDefaultComesBeforeTheRules() {
        check(Kind.INTEGER, "default(5) | required | range(1,9)", null);
        broken(Kind.INTEGER, "default(50) | range(1,9)", null);
    }

    @Test
    void requiredAsksForAValue() {
        check(Kind.TEXT, "required", "x");
        broken(Kind.TEXT, "required", null);
        broken(Kind.TEXT, "REQUIRED", null);
    }

    @Test
    void rangeHoldsNumbersWithinItsBounds() {
        for (Object inside : List.of(1L, 9L, new BigDecimal("8.99"), 1.0)) {
            check(Kind.DECIMAL, "range(1,9)", inside);
        }
        for (Object outside : List.of(0L, 10L, new BigDecimal("9.01"), 0.999, "5", true)) {
            broken(Kind.DECIMAL, "range(1,9)", outside);
        }
        check(Kind.DECIMAL, "range('-1.5', '1e2')", -1L);
        check(Kind.DECIMAL, "range(1,9)", null);
    }

    @Test
    void patternHoldsTheWholeValue() {
        check(Kind.TEXT, "pattern('[A-Z]{2}\\d+')", "AB12");
        check(Kind.TEXT, "pattern('a|bc')", null);
        broken(Kind.TEXT, "pattern('[A-Z]{2}\\d+')", "xAB12");
        broken(Kind.TEXT, "pattern('[A-Z]{2}\\d+')", "AB12x");
        check(Kind.INTEGER, "pattern('\\d{3}')", 123L);
    }

    @Test
    void oneOfHoldsTheListed() {
        check(Kind.TEXT, "one_of('A', 'B, C', 'it''s')", "B, C");
        check(Kind.TEXT, "one_of('A', 'B, C', 'it''s')", "it's");
        check(Kind.TEXT, "one_of(A)", null);
        broken(Kind.TEXT, "one_of('A', 'B')", "a");
    }
}
