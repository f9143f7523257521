package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.model.RunCounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressBarsTest {
    @Test
    void takesEventsInAnyOrder() {
        try (ProgressBars bars = new ProgressBars(new PrintWriter(new StringWriter()), false)) {
            assertThatCode(() -> {
                        bars.fetched("never.begun", 5);
                        bars.began("erp.items", OptionalLong.of(10));
                        bars.began("erp.items", OptionalLong.of(10));
                        bars.fetched("erp.items", 20);
                        bars.began("erp.sites", OptionalLong.empty());
                        bars.fetched("erp.sites", 3);
                        bars.ended(new EntityOutcome(
                                "erp.items", Ending.COMPLETED, RunCounts.NONE, 0, Duration.ZERO, 0, null, null));
                        bars.ended(new EntityOutcome(
                                "never.begun", Ending.FAILED, RunCounts.NONE, 0, Duration.ZERO, 0, null, null));
                        bars.note("a remark");
                    })
                    .doesNotThrowAnyException();
        }
    }
}
