package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RowPlan;
import dev.caravan.model.Strategy;
import dev.caravan.model.TableLink;
import dev.caravan.schema.SafeNames;
import dev.caravan.schema.odata.EntityDefinition;
import dev.caravan.schema.odata.EntitySet;
import dev.caravan.schema.odata.ForeignKey;
import dev.caravan.schema.odata.ForeignKeys;
import dev.caravan.schema.odata.Metadata;
import dev.caravan.schema.odata.TableLayout;
import dev.caravan.source.dataverse.Strategies;
import dev.caravan.store.Uids;
import dev.caravan.target.sql.Adoption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionStatus;

/** The tables of Dataverse environments: read from their metadata, compared with what is remembered, made and extended. */
final class DataverseDiscovery {
    /** The status of a table that the environment has no more. */
    private static final String GONE = "gone";
    /** The alert of a table that cannot be taken over. */
    static final String UNFIT = "table-unfit";

    private final TargetDatabases databases;
    private final Targets targets;
    private final Discovery discovery;
    private final Caller caller;
    private final Tokens tokens;
    private final DataverseDefinitions definitions;
    private final DataverseSecurity security;
    private final DataverseSecurityLook look;
    private final Clock clock;
    private final RowPlans plans;

    DataverseDiscovery(
            TargetDatabases databases,
            Targets targets,
            Discovery discovery,
            Caller caller,
            Tokens tokens,
            Clock clock) {
        this.databases = databases;
        this.targets = targets;
        this.discovery = discovery;
        this.caller = caller;
        this.tokens = tokens;
        this.definitions = new DataverseDefinitions(caller, clock);
        this.security = new DataverseSecurity(caller);
        this.look = new DataverseSecurityLook(databases, definitions, security, clock);
        this.clock = clock;
        this.plans = new RowPlans(databases, caller);
    }

    /** Discovers one environment; answers what was new or different, a line each. Logs in once, before it asks for two things. */
    List<String> discover(ConnectorSettings connector) {
        Instant asked = clock.instant();
        tokens.bearer(connector);
        try (DataverseDefinitions.Begun tables = definitions.begin(connector)) {
            Metadata metadata = caller.ask(request(connector, "$metadata"), Metadata.class);
            DataverseTables.Wanted wanted = DataverseTables.of(connector, metadata);
            Stores stores = databases.of(connector).stores();
            return remember(
                    connector,
                    asked,
                    metadata,
                    wanted,
                    definitions.of(connector, metadata, wanted.sets(), stores, tables));
        }
    }

    private List<String> remember(
            ConnectorSettings connector,
            Instant asked,
            Metadata metadata,
            DataverseTables.Wanted wanted,
            DataverseDefinitions.Known said) {
        TargetDatabase database = databases.of(connector);
        Stores stores = database.stores();
        Optional<Set<String>> readable = security.readable(
                connector,
                wanted.sets().stream()
                        .flatMap(set ->
                                Optional.ofNullable(said.tables().get(DataverseTables.logicalName(set))).stream())
                        .toList());
        Map<String, RowPlan> made = plans.made(connector, stores);
        Environment environment = new Environment(metadata, said.tables(), new ForeignKeys(metadata, said.tables()));
        List<String> news = new ArrayList<>();
        wanted.unknown()
                .forEach(name -> news.add(connector.name() + ": no table is called " + name
                        + "; it is named by its entity set or its logical name"));
        database.transaction().executeWithoutResult(status -> {
            String uid = stores.connectors()
                    .register(
                            connector.name(), connector.type(), connector.url().toString());
            TakeOver old = TakeOver.begin(database, connector, news);
            Map<String, EntityRecord> known = new HashMap<>();
            stores.entities().all().stream()
                    .filter(entity -> entity.connector().equals(connector.name()))
                    .forEach(entity -> known.put(entity.slug(), entity));
            TablesTaken taken = discovery.taken(stores);
            for (EntitySet set : wanted.sets()) {
                EntityRecord before = known.remove(set.name());
                describe(connector, environment, set, before, news)
                        .ifPresent(found -> orTell(status, stores, found, news, () -> {
                            take(connector, uid, found, before, taken, news);
                            old.goOn(found, news);
                            stores.schemas().keepLinks(found.uid(), links(environment, set));
                            String definition = said.fresh().get(set.name());
                            if (definition != null) {
                                stores.cursors().keep(found.uid(), DataverseDefinitions.DEFINITION, definition);
                            }
                            DataverseSecurity.keep(
                                    stores,
                                    stores.entities().get(found.uid()),
                                    Optional.ofNullable(said.tables().get(found.description())),
                                    readable,
                                    news);
                            plans.keep(connector, stores, found, made, news);
                        }));
            }
            forgetOthers(stores, connector, wanted);
            old.show();
            known.values().stream().filter(EntityRecord::enabled).forEach(other -> {
                stores.entities().setEnabled(other.uid(), false);
                boolean gone = metadata.set(other.slug()).isEmpty();
                if (gone) {
                    stores.entities().setStatus(other.uid(), GONE);
                }
                news.add(other.name()
                        + (gone
                                ? ": gone from the source; disabled, its table stays"
                                : ": no longer configured; disabled, its table stays"));
            });
        });
        look.done(connector, asked, said.secured());
        return news;
    }

    /** Looks anew at which columns may be read, unless that was done within the last minute. */
    void look(ConnectorSettings connector) {
        look.look(connector);
    }

    /** What is no longer asked for is in nobody's way. */
    private static void forgetOthers(Stores stores, ConnectorSettings connector, DataverseTables.Wanted wanted) {
        Set<String> names = wanted.sets().stream()
                .map(set -> connector.name() + "." + set.name())
                .collect(Collectors.toSet());
        stores.alerts().open().stream()
                .filter(alert -> Set.of(UNFIT, DataverseSecurity.ALERT).contains(alert.kind())
                        && alert.subject().startsWith(connector.name() + ".")
                        && !names.contains(alert.subject()))
                .forEach(alert -> stores.alerts().clear(alert.kind(), alert.subject()));
    }

    /** A table that is there and cannot be made ours is told and left out; the others go on. */
    private static void orTell(
            TransactionStatus status, Stores stores, EntityRecord found, List<String> news, Runnable taking) {
        Object before = status.createSavepoint();
        try {
            taking.run();
            status.releaseSavepoint(before);
            stores.alerts().clear(UNFIT, found.name());
        } catch (CaravanException unfit) {
            if (!unfit.code().equals(Adoption.UNFIT)) {
                throw unfit;
            }
            status.rollbackToSavepoint(before);
            stores.alerts().raise(UNFIT, found.name(), String.valueOf(unfit.getMessage()));
            news.add(found.name() + ": not synced. " + unfit.getMessage());
        }
    }

    /** What an environment says of itself. */
    private record Environment(Metadata metadata, Map<String, EntityDefinition> definitions, ForeignKeys keys) {}

    private static SourceRequest request(ConnectorSettings connector, String path) {
        return new SourceRequest(SourceRequest.Kind.METADATA, connector.type(), connector.name(), "", path, null);
    }

    /** How the keys were found in words: {@code navigation}, {@code link}, {@code lookup name}, {@code id name}. */
    private static List<TableLink> links(Environment environment, EntitySet set) {
        return environment.keys().of(set).stream()
                .map(key -> new TableLink(
                        key.column(),
                        key.table(),
                        key.referenced(),
                        key.found().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
                .toList();
    }

    private Optional<EntityRecord> describe(
            ConnectorSettings connector,
            Environment environment,
            EntitySet set,
            @Nullable EntityRecord known,
            List<String> news) {
        Metadata metadata = environment.metadata();
        Optional<EntityDefinition> definition =
                Optional.ofNullable(environment.definitions().get(DataverseTables.logicalName(set)));
        EntitySettings settings = DataverseSource.settings(connector, set.name(), DataverseTables.logicalName(set));
        EntitySettings.Dataverse own = settings.dataverse();
        Columns all = leading(
                TableLayout.of(metadata, set, definition), environment.keys().of(set));
        Columns columns = select(all, own.columns());
        if (columns.keyNames().isEmpty()) {
            news.add(connector.name() + "." + set.name() + ": it has no key; not synced");
            return Optional.empty();
        }
        own.onlyLinkedFrom().ifPresent(text -> LinkedColumns.parse(connector.name() + "." + set.name(), text));
        boolean tracked = definition.map(EntityDefinition::changeTracking).orElse(false);
        Strategies.Choice choice = Strategies.choose(
                connector.name() + "." + set.name(),
                own.strategy(),
                Strategies.Facts.of(
                        columns,
                        tracked,
                        own.filter().isPresent() || own.onlyLinkedFrom().isPresent()));
        if (own.deletes().equals("track") && choice.strategy() != Strategy.TRACK) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "STRATEGY_IMPOSSIBLE",
                    connector.name() + "." + set.name() + ": deletes = track, but changes are not tracked; use auto");
        }
        return Optional.of(new EntityRecord(
                known == null ? Uids.next() : known.uid(),
                connector.name(),
                set.name(),
                DataverseTables.logicalName(set),
                choice.strategy(),
                connector.schema(),
                settings.targetTable().orElse(SafeNames.table(connector.tablePrefix(), set.name())),
                columns,
                true,
                true,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                false));
    }

    /** Lookups and ids with the entity sets that their values lead to. */
    private static Columns leading(Columns columns, List<ForeignKey> keys) {
        Map<String, String> targets = new HashMap<>();
        keys.forEach(key -> targets.merge(key.column(), key.table(), (one, other) -> one + "," + other));
        List<Column> described = new ArrayList<>();
        for (Column column : columns) {
            String target = targets.get(column.name());
            described.add(
                    target == null
                            ? column
                            : new Column(
                                    column.name(),
                                    column.declaredType() + LinkedColumns.LEADS_TO + target,
                                    column.type(),
                                    column.nullable(),
                                    column.key()));
        }
        return new Columns(described, columns.keyNames());
    }

    /** The columns that the settings name, and those without which no change is found. */
    private static Columns select(Columns all, List<String> chosen) {
        if (chosen.isEmpty()) {
            return all;
        }
        Set<String> always = Set.of("versionnumber", "modifiedon");
        List<Column> columns = new ArrayList<>();
        for (Column column : all) {
            boolean named = chosen.stream()
                    .anyMatch(name -> column.name().equalsIgnoreCase(name)
                            || TableLayout.attribute(column.name()).equalsIgnoreCase(name));
            if (named || column.key() || always.contains(column.name())) {
                columns.add(column);
            }
        }
        return new Columns(columns, all.keyNames());
    }

    private void take(
            ConnectorSettings connector,
            String connectorUid,
            EntityRecord found,
            @Nullable EntityRecord known,
            TablesTaken taken,
            List<String> news) {
        Stores stores = databases.of(connector).stores();
        taken.take(found);
        if (known == null) {
            stores.entities()
                    .add(connectorUid, found, connector.schedule().every().toSeconds());
            stores.schemas().add(found.uid(), found.columns(), null, "info", "approved");
            targets.of(found, connector).prepare(found, connector);
            news.add(found.name() + ": new");
            return;
        }
        discovery.evolve(connector, known, found, news);
    }
}
