package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.SchemaChange;
import dev.caravan.store.CursorRepository;
import dev.caravan.target.sql.HistoryMaker;
import dev.caravan.target.sql.RowVersions;
import dev.caravan.target.sql.SqlLoad;
import dev.caravan.target.sql.TargetTable;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Whether tables keep versions of their rows, and from when on. Safe for several threads. */
final class Histories {
    /** Kept while the last run of an entity kept versions. */
    private static final String BEGUN = "HISTORY";

    private static final Set<String> LISTS_ALL = Set.of("full", "hash");

    private final Clock clock;

    Histories(Clock clock) {
        this.clock = clock;
    }

    /** Whether versions of an entity's rows are wanted. */
    static boolean isOn(EntityRecord entity, ConnectorSettings connector) {
        return DataverseSource.settings(connector, entity.slug(), entity.description())
                .history();
    }

    private static HistoryMaker maker(TargetDatabase database) {
        return new HistoryMaker(database.database().joining(), database.dialect(), database.maker());
    }

    private static RowVersions ensure(TargetDatabase database, EntityRecord entity, TargetTable table) {
        return maker(database).ensure(table, entity.schema(), entity.table());
    }

    /** Makes what versions need, where they are wanted. */
    void prepare(
            TargetDatabase database,
            EntityRecord entity,
            ConnectorSettings connector,
            TargetTable table,
            boolean madeAnew) {
        if (madeAnew) {
            database.stores().cursors().forget(entity.uid(), BEGUN);
        }
        if (isOn(entity, connector)) {
            ensure(database, entity, table);
        }
    }

    /** Follows the table's changed columns; before its rows are filled. */
    void widen(TargetDatabase database, EntityRecord entity, ConnectorSettings connector, List<SchemaChange> changes) {
        if (isOn(entity, connector)) {
            maker(database).widen(entity.schema(), entity.table(), changes);
        }
    }

    /** Lets the open versions be as the rows are, once these are filled. */
    void refresh(
            TargetDatabase database,
            EntityRecord entity,
            ConnectorSettings connector,
            TargetTable table,
            List<SchemaChange> changes) {
        List<String> added = changes.stream()
                .filter(change -> change.kind() == SchemaChange.Kind.ADDED)
                .map(SchemaChange::column)
                .toList();
        if (!added.isEmpty() && isOn(entity, connector)) {
            ensure(database, entity, table).refresh(added);
        }
    }

    /** Puts the versions aside together with the table. */
    void setAside(TargetDatabase database, EntityRecord entity, TargetTable table) {
        maker(database).setAside(table, entity.schema(), entity.table());
        database.stores().cursors().forget(entity.uid(), BEGUN);
    }

    /** Lets the load of a run keep versions where they are wanted; of the rows that are there already too. */
    void open(RunPlan plan, SqlLoad load) {
        Verification verification = plan.verification();
        if (verification != null && !verification.repairs()) {
            return;
        }
        CursorRepository kept = plan.stores().cursors();
        String uid = plan.entity().uid();
        boolean begun = kept.kept(uid, BEGUN).isPresent();
        if (isOn(plan.entity(), plan.connector())) {
            plan.database().transaction().executeWithoutResult(status -> {
                plan.database().takeTurns(plan.kin().family());
                begin(plan, load, begun);
            });
        } else if (begun) {
            kept.forget(uid, BEGUN);
        }
    }

    private void begin(RunPlan plan, SqlLoad load, boolean begun) {
        RowVersions versions = load.keepVersions(table -> ensure(plan.database(), plan.entity(), table));
        if (!begun) {
            versions.begin(clock.instant());
            plan.stores().cursors().keep(plan.entity().uid(), BEGUN, "on");
        } else if (plan.verification() != null || LISTS_ALL.contains(plan.feed().runType())) {
            versions.complete(clock.instant());
        }
    }
}
