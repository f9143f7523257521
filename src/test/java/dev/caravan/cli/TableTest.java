package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsColumnsAndLeavesEmptyOnesOut() {
        Table table = new Table("name", "rows", "note", "last_sync", "took")
                .row("a", 7L, null, Instant.parse("2026-03-01T12:00:00Z"), Duration.ofMillis(1250))
                .row("größer", 1234L, null, null, Duration.ofSeconds(75));

        assertThat(table.lines(ZoneOffset.UTC))
                .containsExactly(
                        "NAME    ROWS  LAST SYNC            TOOK",
                        "a          7  2026-03-01 12:00:00  1.3 s",
                        "größer  1234                       1:15 min");
    }

    @Test
    void givesProgramsTheValuesThemselves() {
        Table table = new Table("name", "rows", "at", "took", "on", "all")
                .row(
                        "a\"b",
                        OptionalLong.empty(),
                        Instant.parse("2026-03-01T12:00:00Z"),
                        Duration.ofMillis(1250),
                        true,
                        List.of("x", Optional.of(1)));

        assertThat(Json.write(table.data()).replaceAll("\\s+", " "))
                .isEqualTo("[ { \"name\" : \"a\\\"b\", \"rows\" : null, \"at\" : \"2026-03-01T12:00:00Z\","
                        + " \"took\" : 1.250, \"on\" : true, \"all\" : [ \"x\", 1 ] } ]");
    }

    @Test
    void keepsARowOnOneLine() {
        assertThat(new Table("message").row("one\ntwo\u001b[31m").lines(ZoneOffset.UTC))
                .containsExactly("MESSAGE", "one two [31m");
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatThrownBy(() -> new Table("a", "b").row("x")).isInstanceOf(IllegalArgumentException.class);
    }
}
