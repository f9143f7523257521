package dev.caravan.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delta.Verdict.Held;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Columns COLUMNS =
            new Columns(List.of(new Column("id", "", ColumnType.text(0), false, true)), List.of("id"));

    private static Row row(@Nullable String version) {
        return Row.raw(COLUMNS, new @Nullable Object[] {"a"}, version, "", null)
                .identified("key", "good", each -> "things[a]");
    }

    private static Verdict of(String version, @Nullable Held held) {
        return Verdict.of(row(version), "good", held, "99");
    }

    @Test
    void aRowThatIsNotThereIsMissingUnlessNoSyncHasComeThatFar() {
        assertThat(of("98", null)).isEqualTo(Verdict.MISSING);
        assertThat(of("100", null)).isEqualTo(Verdict.WAITING);
        assertThat(Verdict.of(row(null), "good", null, "99")).isEqualTo(Verdict.MISSING);
        assertThat(Verdict.of(row("100"), "good", null, null)).isEqualTo(Verdict.MISSING);
    }

    @Test
    void otherValuesAreWaitingOnlyWhereNobodyTouchedThemAndTheSourceIsNewer() {
        assertThat(of("8", new Held("old", "old", "7", false, null))).isEqualTo(Verdict.WAITING);
        assertThat(of("7", new Held("old", "old", "7", false, null))).isEqualTo(Verdict.DIFFERENT);
        assertThat(of("8", new Held("forged", "old", "7", false, null))).isEqualTo(Verdict.DIFFERENT);
        assertThat(of("8", new Held("", "old", "7", false, null))).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void aDeletedRowIsMarkedUnlessItCameBackSince() {
        assertThat(of("7", new Held("good", "good", "7", true, null))).isEqualTo(Verdict.MARKED);
        assertThat(of("8", new Held("good", "good", "7", true, null))).isEqualTo(Verdict.WAITING);
    }

    @Test
    void rightValuesWithAWrongHashOrRecordAreToldApart() {
        assertThat(of("7", new Held("good", "good", "7", false, null))).isEqualTo(Verdict.SAME);
        assertThat(of("7", new Held("good", "good", "7", false, "good"))).isEqualTo(Verdict.SAME);
        assertThat(of("7", new Held("good", "other", "7", false, "good"))).isEqualTo(Verdict.HASH);
        assertThat(of("7", new Held("good", null, "7", false, "good"))).isEqualTo(Verdict.HASH);
        assertThat(of("7", new Held("good", "good", "7", false, "other"))).isEqualTo(Verdict.RECORD);
        assertThat(of("7", new Held("good", "good", "7", false, ""))).isEqualTo(Verdict.RECORD);
    }

    @Test
    void aTimeThatTheDatabaseRoundedIsNoDifference() {
        Held rounded = new Held("rounded", "good", "7", false, "good");
        assertThat(Verdict.of(row("7"), "rounded", rounded, null)).isEqualTo(Verdict.SAME);
    }
}
