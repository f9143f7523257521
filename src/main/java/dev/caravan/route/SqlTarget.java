package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Page;
import dev.caravan.model.RunCounts;
import dev.caravan.schema.SchemaChange;
import dev.caravan.store.Uids;
import dev.caravan.target.Load;
import dev.caravan.target.sql.Changes;
import dev.caravan.target.sql.Leftovers;
import dev.caravan.target.sql.PassRows;
import dev.caravan.target.sql.SqlLoad;
import dev.caravan.target.sql.TableMaker;
import dev.caravan.target.sql.TargetTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The steps of the SQL target's routes: each hands on to the load of its run. Safe for several threads. */
public final class SqlTarget implements Target {
    private final TargetDatabases databases;
    private final Plans plans;
    private final Vanished vanished;
    private final Resolver resolver;
    private final Families families;
    private final Histories histories;
    private final Clock clock;

    SqlTarget(
            TargetDatabases databases,
            Plans plans,
            Vanished vanished,
            Resolver resolver,
            Families families,
            Clock clock) {
        this.databases = databases;
        this.plans = plans;
        this.vanished = vanished;
        this.resolver = resolver;
        this.families = families;
        this.histories = new Histories(clock);
        this.clock = clock;
    }

    /** The table of an entity, with the columns it has in the target. */
    private TargetTable table(EntityRecord entity, ConnectorSettings connector) {
        Stores stores = databases.of(connector).stores();
        return table(
                entity, connector, Mappings.mapper(stores, connector, entity).target());
    }

    private TargetTable table(EntityRecord entity, ConnectorSettings connector, Columns columns) {
        TargetDatabase database = databases.of(connector);
        String name = database.dialect().table(entity.schema(), entity.table());
        if (keepsRecords(connector)) {
            Set<String> unreadable = DataverseSecurity.of(database.stores(), entity.uid());
            return TargetTable.ofRecords(database.dialect(), name, columns).keeping(unreadable);
        }
        boolean extra =
                database.maker().columns(entity.schema(), entity.table()).contains("_bridge_extra");
        return new TargetTable(database.dialect(), name, columns, extra);
    }

    private static boolean keepsRecords(ConnectorSettings connector) {
        return connector.type().equals("dataverse");
    }

    @Override
    public void prepare(EntityRecord entity, ConnectorSettings connector) {
        Stores stores = databases.of(connector).stores();
        TableMaker maker = databases.of(connector).maker();
        TargetTable table = table(entity, connector);
        if (keepsRecords(connector) && maker.keepsVersions(table, entity.schema(), entity.table())) {
            maker.setAside(entity.schema(), entity.table());
        }
        boolean made = maker.ensure(table, entity.schema(), entity.table());
        histories.prepare(databases.of(connector), entity, connector, table, made);
        if (stores.entities().get(entity.uid()).firstLoad()
                && stores.cursors().checkpoint(entity.uid()).isEmpty()
                && !maker.isEmpty(table)) {
            stores.entities().setFirstLoad(entity.uid(), false);
            maker.index(table, entity.table());
        }
        indexForChildren(entity, connector);
    }

    /** Where others wait for its rows, and the first load is over. */
    private void indexForChildren(EntityRecord entity, ConnectorSettings connector) {
        TargetDatabase database = databases.of(connector);
        if (families.isAwaited(entity, connector)
                && !keepsRecords(connector)
                && !database.stores().entities().get(entity.uid()).firstLoad()) {
            database.maker().indexKeyHash(table(entity, connector), entity.table());
        }
    }

    @Override
    public Set<String> stored(EntityRecord entity, ConnectorSettings connector, Collection<String> keyHashes) {
        return isThere(entity, connector)
                ? databases.of(connector).maker().stored(table(entity, connector), keyHashes)
                : Set.of();
    }

    @Override
    public boolean isThere(EntityRecord entity, ConnectorSettings connector) {
        Set<String> columns = databases.of(connector).maker().columns(entity.schema(), entity.table());
        return columns.contains(keepsRecords(connector) ? "json_response" : "_bridge_id");
    }

    @Override
    public void follow(EntityRecord entity, ConnectorSettings connector, List<SchemaChange> changes) {
        TargetTable table = table(entity, connector);
        TargetDatabase database = databases.of(connector);
        List<SchemaChange> named = asNamed(changes, entity.columns(), table.columns());
        database.maker().widen(table, named);
        histories.widen(database, entity, connector, named);
        if (keepsRecords(connector)) {
            new RecordFill(database).fill(entity, connector, changes);
            histories.refresh(database, entity, connector, table, named);
        }
    }

    /** The changes under the names that the columns have in the table. */
    private static List<SchemaChange> asNamed(List<SchemaChange> changes, Columns source, Columns target) {
        List<SchemaChange> named = new ArrayList<>();
        for (SchemaChange change : changes) {
            int index = source.indexOf(change.column());
            if (index >= 0 && isAsIs(source.get(index), target.get(index))) {
                String name = target.get(index).name();
                named.add(new SchemaChange(change.kind(), name, change.before(), change.after()));
            }
        }
        return named;
    }

    /** Whether a mapping leaves the type as it is. */
    private static boolean isAsIs(Column source, Column target) {
        return source.type().kind() == target.type().kind();
    }

    @Override
    public void setAside(EntityRecord entity, ConnectorSettings connector) {
        if (isThere(entity, connector)) {
            TargetDatabase database = databases.of(connector);
            histories.setAside(database, entity, table(entity, connector));
            database.maker().setAside(entity.schema(), entity.table());
        }
    }

    @Override
    public Load open(RunPlan plan) {
        EntityRecord entity = plan.entity();
        TargetDatabase database = plan.database();
        Leftovers leftovers = new Leftovers(database.database().joining(), database.dialect());
        Tidy.quietly(() -> leftovers.drop(database.stores().runs()::isRunning));
        if (!database.stores().mappings().of(entity.uid()).isEmpty()) {
            addMapped(plan);
        }
        TargetTable table = table(entity, plan.connector(), plan.shape().target());
        boolean byVersion = plan.feed().byVersion();
        SqlLoad load = new SqlLoad(
                database.database().joining(),
                table,
                database.maker(),
                plan.run(),
                entity.firstLoad(),
                byVersion,
                clock,
                Uids::next);
        load.partOf(new PassRows(
                database.stores().passes().table(), entity.uid(), plan.feed().passBegan()));
        histories.open(plan, load);
        return load;
    }

    /** A mapping may have been saved since the table was last looked after. */
    private void addMapped(RunPlan plan) {
        EntityRecord entity = plan.entity();
        TargetDatabase database = plan.database();
        database.transaction().executeWithoutResult(status -> {
            TargetTable table = table(entity, plan.connector(), plan.shape().target());
            database.maker().ensure(table, entity.schema(), entity.table());
        });
    }

    @Override
    public @Nullable String versionBelow(EntityRecord entity, ConnectorSettings connector, String cursor) {
        return databases.of(connector).maker().versionBelow(table(entity, connector), cursor);
    }

    private static SqlLoad load(RunPlan plan) {
        return (SqlLoad) plan.load();
    }

    /** Claims the pages for this transaction and decides what is to be written. */
    public Changes compare(PageBatch batch) {
        List<Page> pages = batch.pages();
        RunPlan plan = plans.of(batch.run());
        Tracking.claim(plan, pages);
        Verification verification = plan.verification();
        if (verification == null) {
            return load(plan).compare(pages);
        }
        verification.look(plan, load(plan), pages);
        Changes changes = load(plan).compare(pages);
        return verification.repairs() ? changes : changes.withoutWriting();
    }

    /** Writes a large batch as a stream. */
    public void copy(Exchange exchange) {
        PageBatch batch = exchange.getProperty("pages", PageBatch.class);
        load(plans.of(batch.run())).copy(exchange.getMessage().getBody(Changes.Batch.class));
    }

    /** Writes row by row; what the database refuses becomes a dead letter. */
    public void writeOneByOne(Exchange exchange) {
        Changes changes = exchange.getProperty("changes", Changes.class);
        PageBatch batch = exchange.getProperty("pages", PageBatch.class);
        exchange.setProperty("changes", load(plans.of(batch.run())).writeOneByOne(changes));
    }

    /** Counts, dead letters and checkpoint, in the transaction of the rows. */
    public void track(Exchange exchange) {
        Changes changes = exchange.getProperty("changes", Changes.class);
        PageBatch batch = exchange.getProperty("pages", PageBatch.class);
        RunPlan plan = plans.of(batch.run());
        if (plan.shape() instanceof TracedShape traced) {
            traced.decided(batch.pages(), changes);
        }
        load(plan).noteSeen(changes.held().waitingKeys());
        load(plan).noteVersions(changes);
        Tracking.track(plan, batch.pages(), changes.counts(), changes.letters(), changes.stored());
        resolver.track(plan, batch.pages(), changes.held());
    }

    /** At the end of a first load's listing: its indexes are built. */
    public void finishLoad(Exchange exchange) {
        RunPlan plan = plan(exchange);
        if (!load(plan).isFirst()) {
            return;
        }
        exchange.setProperty("wasFirst", true);
        plan.database().transaction().executeWithoutResult(status -> {
            plan.database().takeTurns(plan.kin().family());
            vanished.requireOurs(plan);
            long removed = load(plan).finishFirst(plan.entity().table());
            plan.stores().runs().add(plan.run(), new RunCounts(0, -removed, 0, 0, 0, 0, 0, removed), 0);
            plan.stores().entities().setFirstLoad(plan.entity().uid(), false);
            indexForChildren(plan.entity(), plan.connector());
        });
    }

    private RunPlan plan(Exchange exchange) {
        return plans.of(exchange.getProperty("run", String.class));
    }

    /** The rows that seem to be gone, as look-ups; empty where another listing decides or nothing is to be marked. */
    public List<SourceRequest> gone(Exchange exchange) {
        boolean wasFirst = Boolean.TRUE.equals(exchange.removeProperty("wasFirst"));
        RunPlan plan = plan(exchange);
        return wasFirst && !load(plan).noticesAll() ? List.of() : vanished.gone(plan);
    }

    /** Marks the rows whose look-up found nothing; where look-ups say nothing, another listing decides. */
    public void markGone(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof LookAgain.Answers answers) {
            vanished.mark(plan(exchange), answers);
        }
    }
}
