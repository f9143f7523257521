package dev.caravan.mapping;

import static dev.caravan.mapping.OneField.columns;
import static dev.caravan.mapping.OneField.map;
import static dev.caravan.mapping.OneField.mapper;
import static dev.caravan.mapping.OneField.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapperTest {
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
}
