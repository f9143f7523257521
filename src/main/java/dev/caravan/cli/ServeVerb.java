package dev.caravan.cli;

import dev.caravan.config.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code serve}: runs the schedules until a signal comes. */
@Command(name = "serve", description = "Run the schedules until stopped.")
final class ServeVerb implements Callable<Integer> {
    private final Context context;

    ServeVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settingsToRun(true);
        try (Operations running = context.start(settings);
                Signals signals = Signals.listen(running::stop)) {
            running.serve(() -> context.output().done("Caravan serves; Ctrl-C stops it.", Map.of("serving", true)));
            return signals.received().orElse(ExitCode.OK).number();
        }
    }
}
