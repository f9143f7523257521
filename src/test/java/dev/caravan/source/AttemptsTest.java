package dev.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptsTest {
    private static final Instant START = Instant.parse("2025-12-08T12:00:00Z");
    private static final Attempts.Budgets BUDGETS = new Attempts.Budgets(Duration.ofMinutes(2), Duration.ofMinutes(10));

    private static CaravanException fault(FaultKind kind, String code, @Nullable Duration wait) {
        return new CaravanException(kind, code, "for a test", wait, null);
    }

    private final CaravanException trouble = fault(FaultKind.TRANSIENT, "SOURCE_TROUBLE", null);
    private final CaravanException throttled = fault(FaultKind.THROTTLED, "THROTTLED", null);
    private final CaravanException refused = fault(FaultKind.DENIED, "TOKEN_REFUSED", null);

    @Test
    void waitsDoubleUpToHalfAMinute() {
        Attempts.Budgets endless = new Attempts.Budgets(Duration.ofDays(1), Duration.ofDays(1));
        Attempts attempts = Attempts.none(START);
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts = attempts.after(trouble, START, endless, 0);
            waits.add(attempts.delay().orElseThrow().toSeconds());
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 32L, 32L);
        assertThat(attempts.failures()).isEqualTo(8);
    }

    @Test
    void jitterAddsUpToAQuarter() {
        assertThat(Attempts.none(START).after(trouble, START, BUDGETS, 0.5).delay())
                .contains(Duration.ofMillis(1125));
    }

    @Test
    void theSourcesOwnWaitCounts() {
        CaravanException asked = fault(FaultKind.THROTTLED, "THROTTLED", Duration.ofSeconds(77));
        assertThat(Attempts.none(START).after(asked, START, BUDGETS, 0.9).delay())
                .contains(Duration.ofSeconds(77));
        CaravanException slow = fault(FaultKind.TRANSIENT, "SOURCE_TROUBLE", Duration.ofSeconds(7));
        assertThat(Attempts.none(START).after(slow, START, BUDGETS, 0.9).delay())
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void triesUntilTheBudgetIsSpentAndNotBeyond() {
        Attempts first = Attempts.none(START).after(trouble, START, BUDGETS, 0);
        assertThat(first.after(trouble, START.plusSeconds(118), BUDGETS, 0).delay())
                .contains(Duration.ofSeconds(2));
        assertThat(first.after(trouble, START.plusSeconds(119), BUDGETS, 0).delay())
                .isEmpty();
    }

    @Test
    void aWaitLongerThanTheBudgetIsNotBegun() {
        CaravanException asked = fault(FaultKind.THROTTLED, "THROTTLED", Duration.ofMinutes(11));
        assertThat(Attempts.none(START).after(asked, START, BUDGETS, 0).delay()).isEmpty();
    }

    @Test
    void throttlingAndTroubleHaveBudgetsOfTheirOwn() {
        Attempts asked = Attempts.none(START).after(throttled, START, BUDGETS, 0);
        Attempts both = asked.after(trouble, START.plusSeconds(300), BUDGETS, 0);
        assertThat(both.delay()).contains(Duration.ofSeconds(1));
        assertThat(both.since()).isEqualTo(START.plusSeconds(300));
        assertThat(both.throttledSince()).isEqualTo(START);
        assertThat(both.after(trouble, START.plusSeconds(425), BUDGETS, 0).delay())
                .isEmpty();
        assertThat(both.after(throttled, START.plusSeconds(425), BUDGETS, 0).delay())
                .contains(Duration.ofSeconds(2));
    }

    @Test
    void aNewTokenIsTriedOnceAndAtOnce() {
        Attempts once = Attempts.none(START).after(refused, START, BUDGETS, 0);
        assertThat(once.delay()).contains(Duration.ZERO);
        assertThat(once.after(refused, START, BUDGETS, 0).delay()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"TRANSIENT", "THROTTLED"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherFaultsAreNotTriedAgain(FaultKind kind) {
        assertThat(Attempts.none(START)
                        .after(fault(kind, "OTHER", null), START, BUDGETS, 0)
                        .delay())
                .isEmpty();
    }
}
