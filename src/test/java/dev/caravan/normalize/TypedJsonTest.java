package dev.caravan.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TypedJsonTest {
    private static final Random RANDOM = new Random(7);

    private static @Nullable Object value(ColumnType.Kind kind, Object raw) {
        Column column = new Column("c", "some", ColumnType.of(kind), true, false);
        return new TypedJson(new Columns(List.of(column), List.of())).value(0, raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-06-12T14:13:25Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2024-02-29T23:59:59Z",
                "1969-12-31T23:59:59Z",
                "2024-06-12T14:13:25.5Z",
                "2024-06-12T14:13:25.123456789Z",
                "2016-12-31T23:59:60Z",
                "2024-06-12T24:00:00Z",
                "+12024-06-12T00:00:00Z",
                "-0001-06-12T00:00:00Z"
            })
    void timesAreReadAsJavaReadsThem(String text) {
        assertThat(value(ColumnType.Kind.TIMESTAMP, text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-00-01T00:00:00Z",
                "2024-06-12T25:00:00Z",
                "2024-06-12T14:60:00Z",
                "2024-06-12T14:13:61Z",
                "2024-06-12T14-13:25Z",
                "2024-06-12T14:13-25Z",
                "2024/06-12T14:13:25Z",
                "2024-06/12T14:13:25Z",
                "2024-06-12 14:13:25Z",
                "2024-06-12T14:13:25X",
                "2024-06-1xT14:13:25Z",
                "20x4-06-12T14:13:25Z",
                "\u0662024-06-12T14:13:5Z",
                "not a time at all!!Z",
                "T",
                ""
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> value(ColumnType.Kind.TIMESTAMP, text))
                .isInstanceOf(RecordFault.class)
                .hasMessageContaining("is no timestamp");
    }

    @Test
    void anyTimeIsReadAsJavaReadsIt() {
        for (int i = 0; i < 20_000; i++) {
            Instant time = Instant.ofEpochSecond(RANDOM.nextLong(-62_167_219_200L, 253_402_300_800L));
            assertThat(value(ColumnType.Kind.TIMESTAMP, time.toString())).isEqualTo(time);
        }
    }

    @Test
    void aTextWithOneOtherCharacterIsReadOrRefusedAsJavaDoes() {
        String whole = "2024-06-12T14:13:25Z";
        String others = "0123459:-TZ. +x";
        for (int at = 0; at < whole.length(); at++) {
            for (int i = 0; i < others.length(); i++) {
                String text = whole.substring(0, at) + others.charAt(i) + whole.substring(at + 1);
                if (text.indexOf('T') >= 0 && text.endsWith("Z")) {
                    assertSame(text);
                }
            }
        }
    }

    private static void assertSame(String text) {
        Instant expected;
        try {
            expected = Instant.parse(text);
        } catch (DateTimeException unreadable) {
            assertThatThrownBy(() -> value(ColumnType.Kind.TIMESTAMP, text))
                    .as(text)
                    .isInstanceOf(RecordFault.class);
            return;
        }
        assertThat(value(ColumnType.Kind.TIMESTAMP, text)).as(text).isEqualTo(expected);
    }

    @Test
    void datesMayHaveAMidnightBehindThem() {
        assertThat(value(ColumnType.Kind.DATE, "2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(value(ColumnType.Kind.DATE, "2024-02-29T00:00:00Z")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(value(ColumnType.Kind.DATE, "+12024-02-29")).isEqualTo(LocalDate.of(12_024, 2, 29));
        assertThat(value(ColumnType.Kind.TIMESTAMP, "2024-02-29")).isEqualTo(Instant.parse("2024-02-29T00:00:00Z"));
        assertThatThrownBy(() -> value(ColumnType.Kind.DATE, "2023-02-29")).isInstanceOf(RecordFault.class);
        assertThatThrownBy(() -> value(ColumnType.Kind.DATE, "2024-2-29")).isInstanceOf(RecordFault.class);
        assertThatThrownBy(() -> value(ColumnType.Kind.DATE, "2024-02-29T01:00:00Z"))
                .isInstanceOf(RecordFault.class);
    }

    @Test
    void idsAreSmallLettersAndNothingElseIsOne() {
        String id = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
        assertThat(value(ColumnType.Kind.UUID, id)).isSameAs(id);
        assertThat(value(ColumnType.Kind.UUID, "0F1E2D3C-4b5a-6978-8796-A5B4C3D2E1F0"))
                .isEqualTo(id);
        for (String wrong : List.of(
                "",
                id.substring(1),
                id + "0",
                id.replace('-', '0'),
                "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fg",
                "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1fG",
                "0f1e2d3c-4b5a-6978-8796A-5b4c3d2e1f0",
                "0f1e2d3c-4b5a-6978-8796--5b4c3d2e1f0",
                "{f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f}")) {
            assertThatThrownBy(() -> value(ColumnType.Kind.UUID, wrong))
                    .as(wrong)
                    .isInstanceOf(RecordFault.class);
        }
    }
}
