package dev.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemaChangeTest {
    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    text(10)       | text(20)       | true
                    text(10)       | text           | true
                    text(20)       | text(10)       | false
                    text           | text(10)       | false
                    text(10)       | integer        | false
                    integer        | text           | false
                    decimal        | text           | false
                    boolean        | text           | false
                    timestamp      | text           | false
                    integer(5,0)   | integer(9,0)   | true
                    integer(9,0)   | integer(5,0)   | false
                    integer(5,0)   | integer        | true
                    integer(5,0)   | decimal(7,2)   | true
                    integer(5,0)   | decimal(5,2)   | false
                    integer        | decimal(10,2)  | false
                    integer        | decimal(20,2)  | true
                    integer        | decimal        | true
                    integer(18,0)  | decimal(38,0)  | true
                    integer        | double         | false
                    decimal(10,2)  | decimal(12,2)  | true
                    decimal(10,2)  | decimal(12,4)  | true
                    decimal(10,2)  | decimal(10,4)  | false
                    decimal(10,2)  | decimal(12,1)  | false
                    decimal(10,2)  | decimal        | true
                    decimal        | decimal(38,10) | false
                    decimal(10,0)  | integer        | false
                    decimal(10,2)  | double         | false
                    double         | decimal        | false
                    date           | timestamp      | true
                    timestamp      | date           | false
                    date           | text           | false
                    binary(16)     | binary(32)     | true
                    binary(16)     | binary         | true
                    binary(32)     | binary(16)     | false
                    boolean        | integer        | false
                    """)
    void widensOnlyWhereEveryValueFits(String from, String to, boolean widens) {
        assertThat(SchemaChange.widens(type(from), type(to))).isEqualTo(widens);
    }

    @Test
    void listsWhatChangedInTheOrderOfTheNewLayout() {
        Columns before = columns("A text(5) key", "B integer(5,0)", "C text(5)", "D date");
        Columns after = columns("E text(1)", "a text(9) key", "B boolean", "D date");

        assertThat(SchemaChange.between(before, after))
                .extracting(SchemaChange::text)
                .containsExactly(
                        "E added as text(1)",
                        "a widened from text(5) to text(9)",
                        "B narrowed from integer(5,0) to boolean; the column keeps its type",
                        "C vanished; the column stays");
    }

    @Test
    void findsNothingWhereNothingChanged() {
        assertThat(SchemaChange.between(columns("A text(5) key", "B date"), columns("A text(5) key", "B date")))
                .isEmpty();
    }

    @Test
    void saysThatTheKeyChanged() {
        List<SchemaChange> changes =
                SchemaChange.between(columns("A text key", "B text"), columns("A text key", "B text key"));

        assertThat(changes).extracting(SchemaChange::kind).containsExactly(SchemaChange.Kind.KEY_CHANGED);
        assertThat(changes.get(0).text()).isEqualTo("the business key is now (A, B)");
    }

    private static Columns columns(String... texts) {
        List<Column> columns = List.of(texts).stream()
                .map(text -> text.split(" ", 3))
                .map(words -> new Column(words[0], "X", type(words[1]), true, words.length > 2))
                .toList();
        return new Columns(
                columns, columns.stream().filter(Column::key).map(Column::name).toList());
    }

    private static ColumnType type(String text) {
        String[] words = text.split("[(,)]", -1);
        Kind kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT));
        if (words.length == 1) {
            return ColumnType.of(kind);
        }
        int first = Integer.parseInt(words[1]);
        return words.length == 4
                ? new ColumnType(kind, 0, first, Integer.parseInt(words[2]))
                : new ColumnType(kind, first, 0, 0);
    }
}
