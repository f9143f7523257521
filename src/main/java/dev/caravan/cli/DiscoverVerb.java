package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code discover}: what can be synced. */
@Command(name = "discover", description = "Ask the connectors what can be synced, and remember it.")
final class DiscoverVerb implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "CONNECTOR", arity = "0..1", description = "Only this one.")
    private @Nullable String connector;

    DiscoverVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settingsToRun(false);
        List<ConnectorSettings> asked = settings.connectors().stream()
                .filter(each -> connector == null || each.name().equals(connector))
                .toList();
        if (asked.isEmpty()) {
            List<String> names =
                    settings.connectors().stream().map(ConnectorSettings::name).toList();
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "CONNECTOR_UNKNOWN",
                    "No connector is called " + connector + "; there is " + String.join(", ", names));
        }
        Table table = new Table("entity", "synced", "table", "strategy", "columns", "key", "description");
        Map<String, Object> news = new LinkedHashMap<>();
        Map<String, CaravanException> faults = new LinkedHashMap<>();
        try (Operations running = context.start(settings)) {
            for (ConnectorSettings each : asked) {
                try {
                    DiscoveryReport report = running.discover(each);
                    Map<String, CaravanException> leftOut = report.leftOut();
                    report.entities().forEach(entity -> add(table, entity, leftOut.containsKey(entity.name())));
                    faults.putAll(leftOut);
                    report.news().forEach(context.output()::say);
                    news.put(each.name(), report.news());
                } catch (CaravanException fault) {
                    faults.put(each.name(), fault);
                }
            }
        }
        show(table, news, faults);
        return ExitCode.of(faults.values(), asked.size()).number();
    }

    /** One connector that cannot be asked, or one entity that is left out, does not hide what the others publish. */
    private void show(Table table, Map<String, Object> news, Map<String, CaravanException> faults) {
        Output output = context.output();
        if (output.isJson()) {
            Map<String, Object> errors = new LinkedHashMap<>();
            faults.forEach((name, fault) -> errors.put(name, Output.document(fault)));
            output.json(Map.of("entities", table.data(), "news", news, "errors", errors));
        } else if (!table.isEmpty() || faults.isEmpty()) {
            output.table(table, "Nothing is published.");
        }
        faults.forEach((name, fault) -> output.complain(EntityOutcome.named(name, String.valueOf(fault.getMessage()))));
    }

    private static void add(Table table, EntityRecord entity, boolean isLeftOut) {
        table.row(
                entity.name(),
                entity.enabled() && !isLeftOut,
                entity.table(),
                entity.strategy().text(),
                entity.columns().size(),
                entity.columns().keyNames(),
                entity.description());
    }
}
