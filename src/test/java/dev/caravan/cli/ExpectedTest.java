package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.RunCounts;
import dev.caravan.model.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExpectedTest {
    private static final Duration ANSWER = Duration.ofMillis(200);
    private static final Instant START = Instant.parse("2025-12-08T12:00:00Z");

    @Test
    void aSourceThatDoesNotCountGivesNoTime() {
        assertThat(Expected.of(OptionalLong.empty(), 1000, ANSWER, List.of())).isNull();
    }

    @Test
    void theSourcesAnswersCountWhereTheyAreSlow() {
        assertThat(Expected.of(OptionalLong.of(50_001), 1000, ANSWER, List.of()))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void loadingCountsWhereTheSourceIsQuick() {
        assertThat(Expected.of(OptionalLong.of(1_000_000), 1000, Duration.ofMillis(1), List.of()))
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void itIsNeverBelowASecond() {
        assertThat(Expected.of(OptionalLong.of(0), 1000, ANSWER, List.of())).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theLastWholeRunSaysItBetter() {
        RunRecord delta = run("completed", 10, 1);
        RunRecord failed = run("failed", 1000, 2);
        RunRecord whole = run("completed", 500, 30);
        assertThat(Expected.of(OptionalLong.of(1000), 1000, ANSWER, List.of(delta, failed, whole)))
                .isEqualTo(Duration.ofSeconds(60));
    }

    private static RunRecord run(String status, long fetched, int seconds) {
        RunCounts counts = new RunCounts(fetched, 0, 0, 0, fetched, 0, 0, 0);
        return new RunRecord(
                "r", "e", "full", "cli", START, START.plusSeconds(seconds), status, counts, 1, null, null, null, null);
    }
}
