package dev.caravan.cli;

import dev.caravan.config.Problem;
import dev.caravan.config.Reading;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code check}: the configuration with every mistake in it, then the connections. */
@Command(name = "check", description = "Check the configuration, then logins, rights and what each entity will do.")
final class CheckVerb implements Callable<Integer> {
    private final Context context;

    @Option(names = "--offline", description = "Check the configuration only.")
    private boolean offline;

    CheckVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Reading reading = context.examineWhole();
        reading.warnings().forEach(context.output()::warn);
        if (!reading.problems().isEmpty()) {
            return refuse(reading);
        }
        context.output().line("Configuration: good (" + context.configurationFile() + ")");
        Settings settings = reading.settings();
        if (offline || settings.connectors().isEmpty()) {
            context.output().say(offline ? "Connections: not asked" : "Connections: none is configured");
            show(reading, List.of());
            return ExitCode.OK.number();
        }
        List<ConnectorCheck> checks;
        try (Operations running = context.start(context.settingsToRun(false))) {
            checks = running.check();
        }
        show(reading, checks);
        return code(checks).number();
    }

    private int refuse(Reading reading) {
        if (context.output().isJson()) {
            context.output().json(document(reading, List.of()));
        } else {
            context.surroundings().err().println(reading.describeProblems());
            context.surroundings().err().flush();
        }
        return ExitCode.CONFIGURATION.number();
    }

    private void show(Reading reading, List<ConnectorCheck> checks) {
        if (context.output().isJson()) {
            context.output().json(document(reading, checks));
            return;
        }
        for (ConnectorCheck check : checks) {
            CaravanException fault = check.fault();
            context.output()
                    .line(check.connector() + " (" + check.type() + " at " + check.url() + "): "
                            + (fault == null
                                    ? "good, " + check.entities().size() + things(check)
                                    : fault.getMessage()));
            context.output().line("Database: " + check.database());
            if (fault == null) {
                context.output().table(table(check), nothing(check));
                check.leftOut()
                        .forEach((name, why) ->
                                context.output().complain(EntityOutcome.named(name, String.valueOf(why.getMessage()))));
                check.news().forEach(news -> context.output().say("With the next sync: " + news));
            }
        }
    }

    private static Table table(ConnectorCheck check) {
        Table table = new Table("entity", "synced", "rows", "expected", "table", "strategy", "reason");
        check.entities()
                .forEach(entity -> table.row(
                        entity.name(),
                        entity.synced(),
                        entity.rows(),
                        entity.expected(),
                        entity.table(),
                        entity.strategy(),
                        entity.reason()));
        return table;
    }

    private Map<String, @Nullable Object> document(Reading reading, List<ConnectorCheck> checks) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("file", context.configurationFile());
        document.put(
                "problems", reading.problems().stream().map(CheckVerb::document).toList());
        document.put("warnings", reading.warnings());
        document.put("connectors", checks.stream().map(CheckVerb::document).toList());
        return document;
    }

    private static Map<String, @Nullable Object> document(Problem problem) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("key", problem.key());
        map.put("where", problem.where());
        map.put("line", problem.line());
        map.put("problem", problem.what());
        return map;
    }

    private static Map<String, @Nullable Object> document(ConnectorCheck check) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        CaravanException fault = check.fault();
        map.put("connector", check.connector());
        map.put("type", check.type());
        map.put("url", check.url());
        map.put("database", check.database());
        map.put("news", check.news());
        map.put("code", fault == null ? null : fault.code());
        map.put("message", fault == null ? null : fault.getMessage());
        Map<String, Object> errors = new LinkedHashMap<>();
        check.leftOut().forEach((name, why) -> errors.put(name, Output.document(why)));
        map.put("errors", errors);
        map.put("entities", table(check).data());
        return map;
    }

    private static ExitCode code(List<ConnectorCheck> checks) {
        List<CaravanException> faults = new ArrayList<>();
        for (ConnectorCheck check : checks) {
            CaravanException fault = check.fault();
            if (fault != null) {
                faults.add(fault);
            }
            faults.addAll(check.leftOut().values());
        }
        return ExitCode.of(faults, checks.size());
    }

    private static String things(ConnectorCheck check) {
        String one = check.type().equals("dataverse") ? " table" : " API";
        return check.entities().size() == 1 ? one : one + "s";
    }

    private static String nothing(ConnectorCheck check) {
        return check.type().equals("dataverse")
                ? "No table is chosen: caravan.connector." + check.connector() + ".tables names them, or * for all."
                : "It publishes nothing.";
    }
}
