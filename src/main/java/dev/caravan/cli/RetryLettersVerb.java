package dev.caravan.cli;

import dev.caravan.route.Replay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dead-letters retry}: lets records go through the stages once more. */
@Command(name = "retry", description = "Let records go through the stages once more, all or some.")
final class RetryLettersVerb implements Callable<Integer> {
    private final Context context;

    @Mixin
    private LetterChoice choice = new LetterChoice();

    @Option(
            names = "--wait",
            paramLabel = "D",
            defaultValue = "60s",
            converter = SyncVerb.DurationConverter.class,
            description = "How long to wait for another process (default: ${DEFAULT-VALUE}).")
    private Duration wait = Duration.ZERO;

    RetryLettersVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<Replay> replays;
        try (State state =
                State.toChange(context.settings(), context.surroundings().clock())) {
            replays = choice.of(state);
        }
        if (replays.isEmpty()) {
            context.output().done("There is no dead letter to retry.", Map.of("retried", 0));
            return ExitCode.OK.number();
        }
        try (Operations running = context.start(context.settingsToRun(false));
                Signals signals = Signals.listen(running::stop)) {
            List<EntityOutcome> outcomes = running.retry(replays, wait);
            tell(outcomes);
            return signals.received().orElseGet(() -> ExitCode.of(outcomes)).number();
        }
    }

    private void tell(List<EntityOutcome> outcomes) {
        long retried = 0;
        long failed = 0;
        for (EntityOutcome outcome : outcomes) {
            retried += outcome.counts().fetched();
            failed += outcome.counts().failed();
            String told = outcome.told();
            if (told != null) {
                context.output().warn(told);
            }
        }
        context.output()
                .done(
                        "Retried " + retried + ", resolved " + (retried - failed) + ", still failed " + failed + ".",
                        Map.of("retried", retried, "resolved", retried - failed, "still_failed", failed));
    }
}
