package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import dev.caravan.route.Engine;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks whether everything is well: configuration, then connections. */
@Command(
        name = "check",
        description = "Check the configuration, then the connections.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Override
    public Integer call() {
        Settings settings = shared.settings();
        settings.warnings().forEach(warning -> shared.out().println("warning: " + warning));
        TextTable table = new TextTable("entity", "table", "strategy", "why", "synced");
        try (Engine engine = Engine.start(settings, Clock.systemUTC())) {
            settings.connectors().forEach(engine::discover);
            for (EntityRecord entity : engine.stores().entities().all()) {
                settings.connector(entity.connector())
                        .ifPresent(connector -> table.add(
                                entity.name(),
                                entity.table(),
                                strategy(connector, entity).text(),
                                why(connector, entity),
                                entity.enabled() ? "yes" : "no"));
            }
        }
        table.print(shared);
        return ExitCode.OK.code();
    }

    private static Strategy strategy(ConnectorSettings connector, EntityRecord entity) {
        return connector.entity(entity.slug()).strategy().orElse(entity.strategy());
    }

    private static String why(ConnectorSettings connector, EntityRecord entity) {
        if (connector.entity(entity.slug()).strategy().isPresent()) {
            return "configured";
        }
        if (entity.columns().keyNames().isEmpty()) {
            return "no business key: the whole row tells rows apart";
        }
        return strategy(connector, entity) == Strategy.AUTO
                ? "rowversion where every row has one, else hash"
                : "the source says so";
    }
}
