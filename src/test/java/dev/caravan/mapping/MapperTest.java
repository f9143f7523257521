package dev.caravan.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapperTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static Columns columns(Kind kind) {
        return new Columns(
                List.of(
                        new Column("F", "", ColumnType.of(kind), true, false),
                        new Column("OTHER", "", ColumnType.text(0), true, false)),
                List.of());
    }

    private static Mapper mapper(Kind kind, String chain) {
        return new Mapper(columns(kind), List.of("F", "OTHER"), Map.of("f", chain));
    }

    private static Row row(Mapper mapper, Kind kind, @Nullable Object value) {
        @Nullable Object[] values = {value, "left alone"};
        Columns columns = columns(kind);
        return mapper.map(Row.raw(columns, values, null, "", null).normalised(values));
    }

    private static @Nullable Object map(Kind kind, String chain, @Nullable Object value) {
        Row mapped = row(mapper(kind, chain), kind, value);
        assertThat(mapped.values()[1]).isEqualTo("left alone");
        return mapped.values()[0];
    }

    private static void check(Kind kind, String chain, @Nullable Object value) {
        Mapper mapper = mapper(kind, chain);
        new Validator(mapper).validate(row(mapper, kind, value));
    }

    private static void broken(Kind kind, String chain, @Nullable Object value) {
        assertThatThrownBy(() -> check(kind, chain, value)).isInstanceOfSatisfying(RecordFault.class, fault -> {
            assertThat(fault.stage()).isEqualTo("VALIDATE");
            assertThat(fault.code()).isEqualTo("RULE_BROKEN");
            assertThat(fault).hasMessageStartingWith("F: ");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "part | trim | uppercase; ` ab\u00e9 `; AB\u00c9",
                "UPPER | TRIM | REGEX(s/A/B/g); ` banana `; BBNBNB",
                "lower | capitalize; SOME WORDS; Some words",
                "title_case; hello WORLD o'neil-smith; Hello World O'neil-Smith",
                "capitalize; \u00e9T\u00c9; \u00c9t\u00e9",
                "strip_whitespace; ` a b\tc `; abc",
                "remove_special_chars; a-b_c 1!\u00e9\u4e2d; abc 1\u00e9\u4e2d",
                "regex('a|b', 'c'); abd; ccd",
                "regex('it''s', 'x'); it's it; x it",
                "regex('(\\w+)-(\\w+)', '$2-$1'); ab-cd; cd-ab",
                "regex('[(),]', ''); a(b),c; abc",
                "regex(s/a/b/); banana; bbnana",
                "regex(s/a/b/g); banana; bbnbnb",
                "regex(s/a\\/b/c\\/d/); a/b a/b; c/d a/b",
                "regex('\\s+'); a b; ab",
                "lowercase; STRASSE \u0130; strasse i\u0307",
                "uppercase; stra\u00dfe i; STRASSE I",
                "trim; `\u2003a\u2003`; a",
            })
    void changesTexts(String chain, String before, String after) {
        assertThat(map(Kind.TEXT, chain, before)).isEqualTo(after);
    }

    @Test
    void changesNothingThatIsNoText() {
        assertThat(map(Kind.INTEGER, "uppercase | trim | regex('1', '2')", 1L)).isEqualTo(1L);
        assertThat(map(Kind.TEXT, "uppercase | trim", null)).isNull();
    }

    @Test
    void aChainMayNameItsTargetOrNot() {
        assertThat(mapper(Kind.TEXT, "part_number | trim").target().names()).containsExactly("part_number", "OTHER");
        assertThat(mapper(Kind.TEXT, "part_number").target().names()).containsExactly("part_number", "OTHER");
        assertThat(mapper(Kind.TEXT, "trim").target().names()).containsExactly("F", "OTHER");
    }

    @Test
    void keysKeepTheirOrderUnderNewNames() {
        Columns source = new Columns(
                List.of(
                        new Column("A", "", ColumnType.text(9), false, true),
                        new Column("B", "", ColumnType.text(9), false, true)),
                List.of("B", "A"));
        Mapper mapper = new Mapper(source, List.of("a_safe", "b_safe"), Map.of("B", "beta"));
        assertThat(mapper.target().keyNames()).containsExactly("beta", "a_safe");
    }

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

    private static void wrong(Kind kind, String chain, String quoted) {
        assertThatThrownBy(() -> mapper(kind, chain)).isInstanceOfSatisfying(CaravanException.class, fault -> {
            assertThat(fault.kind()).isEqualTo(FaultKind.CONFIGURATION);
            assertThat(fault.code()).isEqualTo("MAPPING_WRONG");
            assertThat(fault).hasMessageStartingWith("map.F: ").hasMessageContaining(quoted);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "part | nonsense; nonsense",
                "part | other; other",
                "nonsense('x'); nonsense",
                "trim | ; transformation",
                "regex('(', 'a'); (",
                "regex('a', '$1'); $1",
                "regex('a', '\\'); \\",
                "regex(s/a/b); s/a/b",
                "range(1); argument",
                "range(a,b); 'a'",
                "default; argument",
                "pattern; argument",
                "pattern('['); [",
                "trim | regex('a, b); quote",
                "trim | regex('a'; bracket",
                "trim | regex)'a'(; bracket",
                "range(1,2) pattern('a'); bar",
                "range(1,2)x; bar",
                "_bridge_id; _bridge_id",
            })
    void aWrongChainIsSaidAtTheStart(String chain, String quoted) {
        wrong(Kind.TEXT, chain, quoted);
    }

    @Test
    void aTargetLongerThanTheDatabasesTakeIsSaidAtTheStart() {
        assertThat(mapper(Kind.TEXT, "x".repeat(63))).isNotNull();
        wrong(Kind.TEXT, "x".repeat(64), "63");
        wrong(Kind.TEXT, "\u00e9".repeat(32), "63");
    }

    @Test
    void twoFieldsWithOneTargetAreSaidAtTheStart() {
        assertThatThrownBy(() -> mapper(Kind.TEXT, "other | trim"))
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo("MAPPING_WRONG"))
                .hasMessageContaining("OTHER");
    }

    @Test
    void aMappingOfAFieldThatIsNotThereIsSaidAtTheStart() {
        assertThatThrownBy(() -> new Mapper(columns(Kind.TEXT), List.of("F", "OTHER"), Map.of("GONE", "x")))
                .isInstanceOf(CaravanException.class)
                .hasMessage("map.GONE: the source has no such field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(.*a){25}$", "(.*a){12}x"})
    void aRegularExpressionWithoutEndIsStopped(String expression) {
        String value = "a".repeat(60) + "!";
        assertTimeoutPreemptively(SOON, () -> {
            assertThatThrownBy(() -> map(Kind.TEXT, "regex('" + expression + "', 'b')", value))
                    .isInstanceOfSatisfying(RecordFault.class, fault -> {
                        assertThat(fault.stage()).isEqualTo("MAP");
                        assertThat(fault.code()).isEqualTo("TRANSFORMATION_FAILED");
                    });
            broken(Kind.TEXT, "pattern('" + expression + "')", value);
        });
    }

    @Test
    void aRegularExpressionDeeperThanTheStackIsStopped() {
        String value = "ab".repeat(500_000);
        assertThatThrownBy(() -> map(Kind.TEXT, "regex('(a|b)*c', 'x')", value)).isInstanceOf(RecordFault.class);
        broken(Kind.TEXT, "pattern('(a|b)*c')", value);
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(map(Kind.TEXT, "TRIM | UPPERCASE", "i")).isEqualTo("I");
            assertThat(map(Kind.TEXT, "TITLE_CASE", "IZMIR istanbul")).isEqualTo("Izmir Istanbul");
            assertThat(map(Kind.TEXT, "STRIP_WHITESPACE | LOWERCASE", "I I")).isEqualTo("ii");
        } finally {
            Locale.setDefault(before);
        }
    }
}
