package dev.caravan.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValidatorTest {
    private static void check(ColumnType type, boolean key, @Nullable Object value) {
        Columns columns = new Columns(List.of(new Column("F", "", type, true, key)), key ? List.of("F") : List.of());
        Mapper mapper = new Mapper(columns, List.of("F"), Map.of());
        @Nullable Object[] values = {value};
        Row row = mapper.map(Row.raw(columns, values, null, "", null).normalised(values));
        assertThat(new Validator(mapper).validate(row)).isSameAs(row);
    }

    private static void refused(ColumnType type, boolean key, @Nullable Object value, String code) {
        assertThatThrownBy(() -> check(type, key, value)).isInstanceOfSatisfying(RecordFault.class, fault -> {
            assertThat(fault.stage()).isEqualTo("VALIDATE");
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault).hasMessageStartingWith("F: ");
        });
    }

    @Test
    void aPartOfTheKeyIsNeverEmpty() {
        check(ColumnType.text(5), true, "x");
        check(ColumnType.text(5), false, null);
        refused(ColumnType.text(5), true, null, "KEY_MISSING");
    }

    @Test
    void aTextHasAsManyCharactersAsItsColumnWhateverTheirBytes() {
        check(ColumnType.text(3), false, "abc");
        check(ColumnType.text(3), false, "\ud83d\ude00\ud83d\ude00\ud83d\ude00");
        check(ColumnType.text(0), false, "x".repeat(100_000));
        refused(ColumnType.text(3), false, "abcd", "TEXT_TOO_LONG");
        refused(ColumnType.text(3), false, "\ud83d\ude00\ud83d\ude00\ud83d\ude00x", "TEXT_TOO_LONG");
    }

    @Test
    void aDecimalFitsBeforeAndBehindItsPoint() {
        ColumnType type = ColumnType.decimal(5, 2);
        for (String good : List.of("0", "999.99", "-999.99", "0.01", "100")) {
            check(type, false, new BigDecimal(good));
        }
        for (String bad : List.of("1000", "-1000", "0.001", "999.999", "1E+3")) {
            refused(type, false, new BigDecimal(bad), "NUMBER_TOO_LARGE");
        }
        check(ColumnType.of(Kind.DECIMAL), false, new BigDecimal("1E+900"));
    }

    @Test
    void aWholeNumberHasNoMoreDigitsThanItsColumn() {
        ColumnType type = new ColumnType(Kind.INTEGER, 0, 3, 0);
        check(type, false, 999L);
        check(type, false, -999L);
        refused(type, false, 1000L, "NUMBER_TOO_LARGE");
        refused(type, false, -1000L, "NUMBER_TOO_LARGE");
        refused(type, false, Long.MIN_VALUE, "NUMBER_TOO_LARGE");
        check(ColumnType.of(Kind.INTEGER), false, Long.MAX_VALUE);
        check(new ColumnType(Kind.INTEGER, 0, 19, 0), false, Long.MAX_VALUE);
    }
}
