package dev.caravan.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A field {@code F} that is mapped, beside one that is left alone. */
final class OneField {
    private OneField() {}

    static Columns columns(Kind kind) {
        return new Columns(
                List.of(
                        new Column("F", "", ColumnType.of(kind), true, false),
                        new Column("OTHER", "", ColumnType.text(0), true, false)),
                List.of());
    }

    static Mapper mapper(Kind kind, String chain) {
        return new Mapper(columns(kind), List.of("F", "OTHER"), Map.of("f", chain));
    }

    static Row row(Mapper mapper, Kind kind, @Nullable Object value) {
        @Nullable Object[] values = {value, "left alone"};
        Columns columns = columns(kind);
        return mapper.map(Row.raw(columns, values, null, "", null).normalised(values));
    }

    static @Nullable Object map(Kind kind, String chain, @Nullable Object value) {
        Row mapped = row(mapper(kind, chain), kind, value);
        assertThat(mapped.values()[1]).isEqualTo("left alone");
        return mapped.values()[0];
    }

    static void check(Kind kind, String chain, @Nullable Object value) {
        Mapper mapper = mapper(kind, chain);
        new Validator(mapper).validate(row(mapper, kind, value));
    }

    static void broken(Kind kind, String chain, @Nullable Object value) {
        assertThatThrownBy(() -> check(kind, chain, value)).isInstanceOfSatisfying(RecordFault.class, fault -> {
            assertThat(fault.stage()).isEqualTo("VALIDATE");
            assertThat(fault.code()).isEqualTo("RULE_BROKEN");
            assertThat(fault).hasMessageStartingWith("F: ");
        });
    }

    static void wrong(Kind kind, String chain, String quoted) {
        assertThatThrownBy(() -> mapper(kind, chain)).isInstanceOfSatisfying(CaravanException.class, fault -> {
            assertThat(fault.kind()).isEqualTo(FaultKind.CONFIGURATION);
            assertThat(fault.code()).isEqualTo("MAPPING_WRONG");
            assertThat(fault).hasMessageStartingWith("map.F: ").hasMessageContaining(quoted);
        });
    }
}
