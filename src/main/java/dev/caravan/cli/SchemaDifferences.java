package dev.caravan.cli;

import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.SchemaReport;
import dev.caravan.schema.SchemaReport.Finding;
import dev.caravan.schema.SchemaReport.Level;
import dev.caravan.schema.SchemaReport.OfTable;
import dev.caravan.store.SchemaVersionRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** From what is remembered to a report on what is different. Stateless. */
final class SchemaDifferences {
    private static final String GONE = "gone";

    private SchemaDifferences() {}

    /** What there is to tell of these entities, and of tables that none explains if all are asked for. */
    static SchemaReport of(State state, List<EntityRecord> entities, boolean all) {
        List<OfTable> tables = new ArrayList<>();
        for (EntityRecord entity : entities) {
            of(state, entity).ifPresent(tables::add);
        }
        if (all) {
            for (String table : state.unexplained()) {
                Finding finding = new Finding(Level.WARNING, "", "no entity explains this table");
                tables.add(new OfTable("", table, "", "nothing is written to it", List.of(finding), List.of()));
            }
        }
        return new SchemaReport(tables);
    }

    private static Optional<OfTable> of(State state, EntityRecord entity) {
        if (!entity.enabled() && GONE.equals(entity.lastSyncStatus())) {
            Finding finding = new Finding(Level.ERROR, "", "the table is gone from the source");
            String effect = "not synced; what was stored stays";
            return Optional.of(new OfTable(entity.name(), entity.table(), "", effect, List.of(finding), List.of()));
        }
        return state.stores(entity)
                .schemas()
                .newest(entity.uid())
                .filter(version -> waits(version, entity))
                .map(version -> waiting(version, entity));
    }

    private static OfTable waiting(SchemaVersionRepository.Version version, EntityRecord entity) {
        Columns seen = version.layout(entity.columns().keyNames());
        List<Finding> findings = SchemaReport.findings(entity.columns(), seen);
        if (findings.isEmpty()) {
            Level level = version.level().equals("stop") ? Level.ERROR : Level.INFO;
            findings = List.of(new Finding(level, "", String.valueOf(version.difference())));
        }
        return new OfTable(
                entity.name(),
                entity.table(),
                version.decision(),
                effect(version.level(), version.decision()),
                findings,
                SchemaReport.sides(entity.columns(), seen));
    }

    private static boolean waits(SchemaVersionRepository.Version version, EntityRecord entity) {
        return switch (version.decision()) {
            case "open", "refused" -> true;
            case "approved" ->
                entity.note() != null || !version.level().equals("info") && !version.is(entity.columns());
            default -> false;
        };
    }

    private static String effect(String level, String decision) {
        if (decision.equals("approved")) {
            return "the next sync takes it up";
        }
        return level.equals("stop") ? "not synced" : "synced with the columns as they were";
    }

    /** A row a finding. */
    static Table table(SchemaReport report) {
        Table table = new Table("entity", "level", "decision", "column", "difference", "table", "effect");
        for (OfTable of : report.tables()) {
            for (Finding finding : of.findings()) {
                table.row(
                        of.entity().isEmpty() ? null : of.entity(),
                        finding.level().name().toLowerCase(Locale.ROOT),
                        of.decision().isEmpty() ? null : of.decision(),
                        finding.column().isEmpty() ? null : finding.column(),
                        finding.text(),
                        of.table(),
                        of.effect());
            }
        }
        return table;
    }
}
