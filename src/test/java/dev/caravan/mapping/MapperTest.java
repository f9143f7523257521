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
                "trim; `\u00a0a\u00a0`; a",
                "strip_whitespace; `a\u00a0\u2003b`; ab",
                "remove_special_chars; `e\u0301-x`; `e\u0301x`",
                "REGEX(s/a,(b)/$1/g) | UPPER; a,b|a,b; B|B",
                "regex('\\w+', 'x'); \u00e9t\u00e9 \u4e2d; x x",
                "concat('-EU'); P1; P1-EU",
                "concat('EU-', _, '/', OTHER); P1; EU-P1/left alone",
                "concat(' ', other); P1; P1 left alone",
                "substring(1,2); \ud83d\ude00bc; \ud83d\ude00b",
                "substring(2); abc; bc",
                "substring(-2); abc; bc",
                "substring(-9, 2); abc; ab",
                "substring(5); abc; ``",
                "substring(2, 99); abc; bc",
                "map('A'='Active', 'I'='In=active'); A; Active",
                "map('A'='Active', 'I'='In=active'); I; In=active",
                "map('A'='Active'); X; X",
                "map(A=Active, *=Other); X; Other",
                "map('A=Active', '*'='Star'); *; Star",
                "'map' | lower; A; a",
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
                "trim | tirm; character 8: 'tirm'",
                "upper(1); takes at most 0",
                "concat(GONE); GONE",
                "concat(); argument",
                "substring(0); from 1",
                "substring(1,0); length of 1",
                "substring(x); 'x' is not a whole number",
                "map(A); 'from'='to'",
                "map(A=1, A=2); mapped twice",
                "to_date('dd.mm'); lacks",
                "to_date('dd.mm.yyyy hh'); form of dates",
                "to_date('dd.dd.yyyy'); twice",
                "round(1); 'round' cannot be used here: what comes in is text",
                "range(9,1); holds nothing",
                "one_of; argument",
                "regex(s/a/b/gx); form",
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
    @CsvSource(
            delimiter = ';',
            value = {
                "to_date('dd.mm.yyyy'); 08.12.2025",
                "to_date('DDMMYYYY'); 08122025",
                "to_date(d-m-yy); 8-12-25",
                "to_date('DD-MON-YYYY'); 08-DEC-2025",
                "to_date('d. month yyyy'); 8. december 2025",
                "to_date; 2025-12-08",
            })
    void readsDatesOfAForm(String chain, String text) {
        assertThat(map(Kind.TEXT, chain, text)).isEqualTo(LocalDate.of(2025, 12, 8));
        assertThat(mapper(Kind.TEXT, chain).target().get(0).type()).isEqualTo(ColumnType.of(Kind.DATE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"to_date('dd.mm.yyyy'); 31.02.2025", "to_date; 08.12.2025", "to_date('dd.mm.yyyy'); 01.01.0000"})
    void refusesWhatIsNoDateOfTheForm(String chain, String text) {
        assertThatThrownBy(() -> map(Kind.TEXT, chain, text)).isInstanceOfSatisfying(RecordFault.class, fault -> {
            assertThat(fault.stage()).isEqualTo("MAP");
            assertThat(fault).hasMessageContaining("'" + text + "' is not a date of the form");
        });
    }

    @Test
    void takesDatesFromNumbersAndTimes() {
        LocalDate day = LocalDate.of(2025, 12, 8);
        assertThat(map(Kind.INTEGER, "to_date(yyyymmdd)", 20251208L)).isEqualTo(day);
        assertThat(map(Kind.DECIMAL, "to_date(yyyymmdd)", new BigDecimal("20251208")))
                .isEqualTo(day);
        assertThat(map(Kind.TIMESTAMP, "to_date", Instant.parse("2025-12-08T23:59:59Z")))
                .isEqualTo(day);
        assertThat(map(Kind.DATE, "to_date", day)).isEqualTo(day);
        assertThat(map(Kind.TEXT, "to_date", null)).isNull();
        assertThat(map(Kind.TEXT, "to_date | default('2000-01-01')", null)).isEqualTo(LocalDate.of(2000, 1, 1));
        assertThat(map(Kind.TEXT, "to_date(dd.mm.yy)", "01.01.50")).isEqualTo(LocalDate.of(1950, 1, 1));
        assertThat(map(Kind.TEXT, "to_date(dd.mm.yy)", "01.01.49")).isEqualTo(LocalDate.of(2049, 1, 1));
        wrong(Kind.BOOLEAN, "to_date", "what comes in is boolean");
    }

    @Test
    void roundsHalfAwayFromZero() {
        assertThat(map(Kind.DECIMAL, "round(1)", new BigDecimal("2.25"))).isEqualTo(new BigDecimal("2.3"));
        assertThat(map(Kind.DECIMAL, "round(1)", new BigDecimal("-2.25"))).isEqualTo(new BigDecimal("-2.3"));
        assertThat(map(Kind.DECIMAL, "round", new BigDecimal("99.6"))).isEqualTo(new BigDecimal("100"));
        assertThat(map(Kind.DECIMAL, "round(3)", new BigDecimal("2.2"))).isEqualTo(new BigDecimal("2.2"));
        assertThat(map(Kind.INTEGER, "round(-2)", 150L)).isEqualTo(200L);
        assertThat(map(Kind.DOUBLE, "round(2)", 1.005)).isEqualTo(1.01);
        assertThat(map(Kind.DECIMAL, "round", null)).isNull();
        assertThatThrownBy(() -> map(Kind.INTEGER, "round(-1)", Long.MAX_VALUE)).isInstanceOf(RecordFault.class);
    }

    @Test
    void whatBecomesATextIsATextColumn() {
        assertThat(map(Kind.DECIMAL, "concat(' pcs')", new BigDecimal("10.5"))).isEqualTo("10.5 pcs");
        assertThat(map(Kind.INTEGER, "map(1=one)", 1L)).isEqualTo("one");
        assertThat(map(Kind.BOOLEAN, "map(true=yes, false=no)", true)).isEqualTo("yes");
        assertThat(map(Kind.DATE, "substring(1,4)", LocalDate.of(2025, 12, 8))).isEqualTo("2025");
        assertThat(map(Kind.DOUBLE, "concat('')", 1e7)).isEqualTo("10000000");
        assertThat(map(Kind.TEXT, "concat('x')", null)).isNull();
        assertThat(mapper(Kind.DECIMAL, "concat('x')").target().get(0).type()).isEqualTo(ColumnType.text(0));
        assertThat(mapper(Kind.DECIMAL, "part | trim").target().get(0).type()).isEqualTo(ColumnType.of(Kind.DECIMAL));
    }

    /** The JDK remembers dead ends of this one, so that it may come to its end by itself; it takes no long time in any case. */
    @ParameterizedTest
    @ValueSource(ints = {40, 5000, 50_000})
    void aRegularExpressionThatTriesEveryWayTakesNoLongTime(int length) {
        String value = "a".repeat(length) + "!";
        assertTimeoutPreemptively(SOON, () -> {
            try {
                assertThat(map(Kind.TEXT, "regex('(a+)+$', 'b')", value)).isEqualTo(value);
            } catch (RecordFault stopped) {
                assertThat(stopped).hasMessageContaining("does not come to an end");
            }
            broken(Kind.TEXT, "pattern('(a+)+$')", value);
        });
    }

    @Test
    void aRegularExpressionThatTriesEveryWayIsStopped() {
        String value = "a".repeat(40) + "!";
        assertTimeoutPreemptively(SOON, () -> {
            assertThatThrownBy(() -> map(Kind.TEXT, "regex('(a+)+\\1?$', 'b')", value))
                    .isInstanceOf(RecordFault.class)
                    .hasMessageContaining("does not come to an end");
            broken(Kind.TEXT, "pattern('(a+)+\\1?$')", value);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "part | trim | default('a, ''b') | required | range(1,9) | pattern('a|b'); part; trim; range(1,9) | pattern('a|b'); a, 'b",
                "trim; ``; trim; null; null",
                "'Part No' | required; Part No; null; null; null",
                "default(x) | upper; ``; default(x) | upper; null; null",
            })
    void aChainIsRememberedInPiecesAndWrittenInOneAgain(
            String chain, String target, String functions, String rules, String otherwise) {
        StoredChain stored = StoredChain.of("F", chain);
        assertThat(stored.target()).isEqualTo(target);
        assertThat(String.valueOf(stored.transformation())).isEqualTo(functions);
        assertThat(String.valueOf(stored.validation())).isEqualTo(rules);
        assertThat(String.valueOf(stored.defaultValue())).isEqualTo(otherwise);
        assertThat(StoredChain.of("F", stored.text())).isEqualTo(stored);
        assertThatThrownBy(() -> StoredChain.of("F", chain + " | nonsense")).hasMessageContaining("'nonsense'");
    }

    @Test
    void aTargetThatIsCalledLikeAFunctionStaysOne() {
        StoredChain stored = new StoredChain("trim", null, null, null, false);
        assertThat(stored.text()).isEqualTo("'trim'");
        assertThat(StoredChain.of("F", stored.text())).isEqualTo(stored);
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
            assertThat(map(Kind.TEXT, "TITLE_CASE | CAPITALIZE", "i")).isEqualTo("I");
            assertThat(map(Kind.TEXT, "MAP('I'='x')", "I")).isEqualTo("x");
            assertThat(map(Kind.TEXT, "TO_DATE('DD MON YYYY')", "08 Dec 2025")).isEqualTo(LocalDate.of(2025, 12, 8));
        } finally {
            Locale.setDefault(before);
        }
    }
}
