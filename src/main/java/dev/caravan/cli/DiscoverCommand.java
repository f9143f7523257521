package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.route.Engine;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks connectors what they publish. */
@Command(name = "discover", description = "Ask what can be synced.", mixinStandardHelpOptions = true)
final class DiscoverCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Parameters(paramLabel = "CONNECTOR", arity = "0..1", description = "only this one")
    private @Nullable String only;

    @Override
    public Integer call() {
        Settings settings = shared.settings();
        TextTable table = new TextTable("connector", "news");
        try (Engine engine = Engine.start(settings, Clock.systemUTC())) {
            for (ConnectorSettings connector : settings.connectors()) {
                if (only == null || only.equals(connector.name())) {
                    List<String> news = engine.discover(connector);
                    news.forEach(line -> table.add(connector.name(), line));
                    if (news.isEmpty()) {
                        table.add(connector.name(), "nothing new");
                    }
                }
            }
        }
        table.print(shared);
        return ExitCode.OK.code();
    }
}
