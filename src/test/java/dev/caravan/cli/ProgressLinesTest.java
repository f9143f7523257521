package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.model.RunCounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    private final StringWriter text = new StringWriter();
    private final FakeClock clock = new FakeClock();
    private final ProgressLines lines = new ProgressLines(new PrintWriter(text), clock);

    private static final class FakeClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void speaksOfALongOneEveryTenSeconds() {
        lines.began("erp.items", OptionalLong.empty());
        for (int second = 1; second <= 25; second++) {
            clock.now = clock.now.plusSeconds(1);
            lines.fetched("erp.items", second * 1000L);
        }

        assertThat(text.toString().lines())
                .containsExactly("erp.items: 10,000 rows fetched", "erp.items: 20,000 rows fetched");
    }

    @Test
    void saysHowEachEnds() {
        lines.note("erp.items: new");
        lines.ended(
                new EntityOutcome("erp.items", Ending.DELETES_HELD, RunCounts.NONE, 0, Duration.ZERO, 0, null, null));

        assertThat(text.toString().lines())
                .containsExactly("erp.items: new", "erp.items: deletes held, 0 rows fetched");
    }
}
