package dev.caravan.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeltaTest {
    private static final Columns COLUMNS =
            new Columns(List.of(new Column("id", "", ColumnType.text(0), false, true)), List.of("id"));
    private static final Row ROW = Row.raw(COLUMNS, new @Nullable Object[] {"a"}, "7", "", null);
    private static final Row IDENTIFIED = ROW.identified("key", "good", each -> "things[a]");

    private static Delta.Stored stored(String hash, String version, boolean deleted) {
        return new Delta.Stored("1", hash, version, deleted);
    }

    @Test
    void whatIsNotStoredIsInserted() {
        assertThat(Delta.of(IDENTIFIED, null, true)).isEqualTo(Delta.INSERT);
    }

    @Test
    void whatIsStoredAsItIsIsSkipped() {
        assertThat(Delta.of(IDENTIFIED, stored("good", "7", false), true)).isEqualTo(Delta.SKIP);
        assertThat(Delta.of(IDENTIFIED, stored("good", "7", false), false)).isEqualTo(Delta.SKIP);
    }

    @Test
    void anotherVersionMattersOnlyWhereVersionsMeanSomething() {
        assertThat(Delta.of(IDENTIFIED, stored("good", "6", false), true)).isEqualTo(Delta.UPDATE);
        assertThat(Delta.of(IDENTIFIED, stored("good", "6", false), false)).isEqualTo(Delta.SKIP);
    }

    @Test
    void otherValuesAndRevivedRowsAreUpdated() {
        assertThat(Delta.of(IDENTIFIED, stored("old", "7", false), false)).isEqualTo(Delta.UPDATE);
        assertThat(Delta.of(IDENTIFIED, stored("good", "7", true), false)).isEqualTo(Delta.UPDATE);
    }

    @Test
    void aRowWithoutAHashIsNeverTakenForTheSame() {
        assertThat(Delta.of(ROW, new Delta.Stored("1", null, "7", false), false))
                .isEqualTo(Delta.UPDATE);
    }
}
