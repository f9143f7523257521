package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.TableLink;
import dev.caravan.schema.SchemaReport;
import dev.caravan.schema.SchemaReportPage;
import dev.caravan.store.SchemaVersionRepository;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schema}: how the sources' tables changed. */
@Command(name = "schema", description = "Show schemas and their changes, and decide on those that wait.")
final class SchemaVerb implements Callable<Integer> {
    private final Context context;

    SchemaVerb(Context context) {
        this.context = context;
    }

    /** Forms of a report. */
    enum Format {
        text,
        json,
        html
    }

    @Override
    public Integer call() {
        return diff(null, Format.text, null);
    }

    @Command(name = "diff", description = "Show where tables and their sources differ, and what waits for a decision.")
    int diff(
            @Parameters(paramLabel = "ENTITY", arity = "0..1") @Nullable String name,
            @Option(
                            names = "--format",
                            paramLabel = "FORM",
                            defaultValue = "text",
                            description = "${COMPLETION-CANDIDATES}; html is a page of its own.")
                    Format format,
            @Option(names = "--output", paramLabel = "FILE", description = "Write it there.") @Nullable Path file) {
        if (context.output().isJson() && format == Format.html && file == null) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "USAGE",
                    "--json and --format html exclude each other; --output FILE keeps the page");
        }
        SchemaReport report = report(name);
        Table table = SchemaDifferences.table(report);
        if (format == Format.text && file == null) {
            context.output().table(table, "No schema change waits for a decision.");
            return ExitCode.OK.number();
        }
        String text = text(report, format);
        if (file == null) {
            context.surroundings().out().print(text);
            context.surroundings().out().flush();
            return ExitCode.OK.number();
        }
        Path target = context.surroundings().workingFolder().resolve(file);
        TextFile.refuseUnwritable(target);
        TextFile.write(target, text);
        context.output().done("Wrote " + target + ".", Map.of("file", target.toString()));
        return ExitCode.OK.number();
    }

    private SchemaReport report(@Nullable String name) {
        Optional<State> opened = open();
        if (opened.isEmpty()) {
            return new SchemaReport(List.of());
        }
        try (State state = opened.get()) {
            return SchemaDifferences.of(state, chosen(state, name), name == null);
        }
    }

    private String text(SchemaReport report, Format format) {
        Table table = SchemaDifferences.table(report);
        return switch (format) {
            case text -> String.join("\n", table.lines(ZoneId.systemDefault())) + "\n";
            case json -> Json.write(table.data()) + "\n";
            case html ->
                SchemaReportPage.of(report, context.surroundings().clock().instant());
        };
    }

    private static List<EntityRecord> chosen(State state, @Nullable String name) {
        return name == null ? state.entities() : List.of(state.entity(name));
    }

    @Command(name = "show", description = "Show the columns of an entity as they are synced.")
    int show(@Parameters(paramLabel = "ENTITY") String name) {
        Table table = new Table("column", "declared", "type", "key", "nullable");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (Column column : state.entity(name).columns()) {
                    table.row(
                            column.name(),
                            column.declaredType(),
                            column.type().toString(),
                            column.key(),
                            column.nullable());
                }
            }
        }
        context.output().table(table, "No schema is remembered.");
        return ExitCode.OK.number();
    }

    @Command(name = "keys", description = "Show which columns lead to other tables, and how that is known.")
    int keys(@Parameters(paramLabel = "ENTITY", arity = "0..1") @Nullable String name) {
        Table table = new Table("entity", "column", "table", "referenced", "found", "synced");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (EntityRecord entity : chosen(state, name)) {
                    state.stores(entity)
                            .schemas()
                            .links(entity.uid())
                            .forEach(link -> table.row(
                                    entity.name(),
                                    link.column(),
                                    link.table(),
                                    link.referenced(),
                                    link.found(),
                                    isSynced(state, entity.connector(), link)));
                }
            }
        }
        context.output().table(table, "No foreign key is known.");
        return ExitCode.OK.number();
    }

    private static boolean isSynced(State state, String connector, TableLink link) {
        return state.entities().stream()
                .anyMatch(other ->
                        other.connector().equals(connector) && other.slug().equals(link.table()) && other.enabled());
    }

    @Command(name = "history", description = "Show each schema that was seen, the newest first.")
    int history(@Parameters(paramLabel = "ENTITY", arity = "0..1") @Nullable String name) {
        Table table = new Table("entity", "version", "seen", "level", "decision", "decided_by", "difference");
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                for (EntityRecord entity : chosen(state, name)) {
                    state.stores(entity)
                            .schemas()
                            .history(entity.uid())
                            .forEach(version -> table.row(
                                    entity.name(),
                                    version.number(),
                                    version.seenAt(),
                                    version.level(),
                                    version.decision(),
                                    version.decidedBy(),
                                    version.difference()));
                }
            }
        }
        context.output().table(table, "No schema is remembered.");
        return ExitCode.OK.number();
    }

    @Command(name = "approve", description = "Take the new schema; the entity is synced again.")
    int approve(@Parameters(paramLabel = "ENTITY") String name) {
        return decide(name, true);
    }

    @Command(name = "refuse", description = "Leave the table as it is; the entity stays stopped.")
    int refuse(@Parameters(paramLabel = "ENTITY") String name) {
        return decide(name, false);
    }

    private int decide(String name, boolean approved) {
        String what = approved ? "approved" : "refused";
        try (State state =
                State.toChange(context.settings(), context.surroundings().clock())) {
            EntityRecord entity = state.entity(name);
            SchemaVersionRepository.Version open = waiting(state, entity, approved);
            state.stores(entity)
                    .schemas()
                    .decide(open.uid(), what, "cli " + System.getProperty("user.name", "somebody"));
            state.note(entity, approved ? "schema.approve" : "schema.refuse", open.decision(), open.difference());
            String next = approved ? "; its next sync takes it up." : ".";
            context.output()
                    .done(
                            "The new schema of " + entity.name() + " is " + what + next,
                            Map.of(
                                    "entity",
                                    entity.name(),
                                    "decision",
                                    what,
                                    "difference",
                                    String.valueOf(open.difference())));
        }
        return ExitCode.OK.number();
    }

    private static SchemaVersionRepository.Version waiting(State state, EntityRecord entity, boolean approved) {
        return state.stores(entity)
                .schemas()
                .newest(entity.uid())
                .filter(version -> version.decision().equals("open")
                        || approved && version.decision().equals("refused"))
                .orElseThrow(() -> new CaravanException(
                        FaultKind.CONFIGURATION,
                        "NOTHING_OPEN",
                        "No schema change of " + entity.name() + " waits for a decision"));
    }

    private Optional<State> open() {
        return State.toRead(context.settings(), context.surroundings().clock());
    }
}
