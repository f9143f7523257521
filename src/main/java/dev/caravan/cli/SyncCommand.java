package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import dev.caravan.route.SyncOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One pass now. */
@Command(name = "sync", description = "One pass now.", mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Parameters(paramLabel = "ENTITY", description = "only these, as connector.entity or entity")
    private List<String> names = List.of();

    @Option(names = "--full", description = "list everything, whatever the cursor says")
    private boolean full;

    @Option(names = "--failed", description = "only entities whose last run did not complete")
    private boolean failed;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "60", description = "how long to wait for a lock")
    private long wait = 60;

    @Override
    public Integer call() {
        Settings settings = shared.settings();
        if (settings.connectors().isEmpty()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "NO_CONNECTOR",
                    "No connector is configured; 'caravan init' writes a sample");
        }
        try (Engine engine = Engine.start(settings, Clock.systemUTC())) {
            for (ConnectorSettings connector : settings.connectors()) {
                List<String> news = engine.discover(connector);
                if (!shared.quiet() && !shared.json()) {
                    news.forEach(shared.out()::println);
                }
            }
            return pass(shared, engine, chosen(engine), new SyncOptions(full, "cli", Duration.ofSeconds(wait)));
        }
    }

    private List<EntityRecord> chosen(Engine engine) {
        List<EntityRecord> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(engine.stores()
                    .entities()
                    .find(name)
                    .orElseThrow(() -> new CaravanException(
                            FaultKind.CONFIGURATION,
                            "ENTITY_UNKNOWN",
                            "No entity is called " + name + "; see 'caravan status'")));
        }
        if (names.isEmpty()) {
            engine.stores().entities().all().stream()
                    .filter(EntityRecord::enabled)
                    .forEach(chosen::add);
        }
        if (failed) {
            chosen.removeIf(entity -> "completed".equals(entity.lastSyncStatus()));
        }
        return chosen;
    }

    /** Syncs and prints a line an entity, then the sums. */
    static int pass(Shared shared, Engine engine, List<EntityRecord> entities, SyncOptions options) {
        int width = entities.stream()
                .mapToInt(entity -> entity.name().length())
                .max()
                .orElse(1);
        boolean lines = !shared.quiet() && !shared.json();
        List<Outcome> outcomes = engine.sync(entities, options, outcome -> {
            boolean wrong = !outcome.status().equals("completed");
            if (lines || wrong && !shared.json()) {
                shared.out().println(OutcomeText.line(outcome, width));
            }
        });
        if (shared.json()) {
            shared.out().println(OutcomeText.json(outcomes));
        } else if (lines) {
            shared.out().println(OutcomeText.sums(outcomes));
        }
        return ExitCode.of(outcomes).code();
    }
}
