package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.config.Layer;
import dev.caravan.config.Settings;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.OracleTypes;
import dev.caravan.schema.SafeNames;
import dev.caravan.schema.SchemaChange;
import dev.caravan.source.apismith.ApiDescription;
import dev.caravan.source.apismith.ApiList;
import dev.caravan.store.SchemaVersionRepository;
import dev.caravan.store.Uids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What connectors publish: asked for, compared with what is remembered, tables made and extended. */
final class Discovery {
    private final Settings settings;
    private final TargetDatabases databases;
    private final Targets targets;
    private final Caller caller;

    Discovery(Settings settings, TargetDatabases databases, Targets targets, Caller caller) {
        this.settings = settings;
        this.databases = databases;
        this.targets = targets;
        this.caller = caller;
    }

    /** Discovers one connector; answers what was new or different, a line each. */
    List<String> discover(ConnectorSettings connector) {
        SourceRequest request = new SourceRequest(
                SourceRequest.Kind.METADATA, connector.type(), connector.name(), "", "/api/v1/apis", null);
        ApiList list = caller.ask(request, ApiList.class);
        List<String> news = new ArrayList<>();
        TargetDatabase database = databases.of(connector);
        Stores stores = database.stores();
        database.transaction().executeWithoutResult(status -> {
            String uid = stores.connectors()
                    .register(
                            connector.name(), connector.type(), connector.url().toString());
            Map<String, EntityRecord> known = new HashMap<>();
            stores.entities().all().stream()
                    .filter(entity -> entity.connector().equals(connector.name()))
                    .forEach(entity -> known.put(entity.slug(), entity));
            TablesTaken taken = taken(stores);
            Misdescribed wrong = new Misdescribed(connector, stores, news);
            for (ApiDescription api : list.apis()) {
                take(connector, uid, api, Optional.ofNullable(known.remove(api.slug())), taken, news);
            }
            list.wrong().forEach((slug, why) -> {
                known.remove(slug);
                wrong.tell(slug, why);
            });
            wrong.tellUnnamed(list.unnamed());
            wrong.clearOthers();
            if (list.unnamed() > 0) {
                known.clear();
            }
            known.values().stream().filter(EntityRecord::enabled).forEach(gone -> {
                stores.entities().setEnabled(gone.uid(), false);
                news.add(gone.name() + ": gone from the source; disabled, its table stays");
            });
        });
        return news;
    }

    private void take(
            ConnectorSettings connector,
            String connectorUid,
            ApiDescription api,
            Optional<EntityRecord> known,
            TablesTaken taken,
            List<String> news) {
        EntityRecord found = describe(connector, api, known, news);
        Stores stores = databases.of(connector).stores();
        taken.take(found);
        if (known.isEmpty()) {
            stores.entities()
                    .add(connectorUid, found, connector.schedule().every().toSeconds());
            stores.schemas().add(found.uid(), found.columns(), null, "info", "approved");
            if (found.enabled()) {
                ensure(connector, found);
            }
            news.add(found.name() + ": new" + (found.enabled() ? "" : ", not synced"));
            return;
        }
        evolve(connector, known.get(), found, news);
    }

    private EntityRecord describe(
            ConnectorSettings connector, ApiDescription api, Optional<EntityRecord> known, List<String> news) {
        EntitySettings entity = connector.entity(api.slug());
        String table = entity.targetTable().orElse(SafeNames.table(connector.tablePrefix(), api.slug()));
        return new EntityRecord(
                known.map(EntityRecord::uid).orElseGet(Uids::next),
                connector.name(),
                api.slug(),
                api.description(),
                entity.strategy().orElse(api.strategy()),
                connector.schema(),
                table,
                new Columns(columns(connector, api, known.isEmpty(), news), api.keys()),
                connector.wants(api.slug()),
                true,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                false);
    }

    /** A type that is not known is reported once, and carried as text. */
    private static List<Column> columns(
            ConnectorSettings connector, ApiDescription api, boolean isNew, List<String> news) {
        List<Column> columns = new ArrayList<>();
        boolean typed = connector.entity(api.slug()).layers().contains(Layer.TYPES);
        for (ApiDescription.Field field : api.fields()) {
            Optional<ColumnType> type = typed
                    ? OracleTypes.of(field.dataType(), field.maxLength(), field.precision(), field.scale())
                    : Optional.of(ColumnType.text(0));
            if (type.isEmpty() && isNew) {
                news.add(connector.name() + "." + api.slug() + "." + field.alias() + ": the type '" + field.dataType()
                        + "' is not known; carried as text");
            }
            columns.add(new Column(
                    field.alias(),
                    field.dataType(),
                    type.orElse(ColumnType.text(0)),
                    field.nullable(),
                    api.keys().contains(field.alias())));
        }
        return columns;
    }

    /** Which tables of a database are taken. */
    TablesTaken taken(Stores stores) {
        return new TablesTaken(settings, targets, stores.entities().all());
    }

    private void ensure(ConnectorSettings connector, EntityRecord entity) {
        targets.of(entity, connector).prepare(entity, connector);
    }

    /** Takes what is different over, or waits with it, as the connector's policy says. */
    void evolve(ConnectorSettings connector, EntityRecord known, EntityRecord found, List<String> news) {
        Stores stores = databases.of(connector).stores();
        List<SchemaChange> changes = SchemaChange.between(known.columns(), found.columns());
        String difference =
                String.join("; ", changes.stream().map(SchemaChange::text).toList());
        Optional<SchemaVersionRepository.Version> seen = SchemaPolicy.seen(stores, found, difference);
        SchemaPolicy policy = SchemaPolicy.of(connector, changes);
        boolean approved =
                seen.filter(version -> version.decision().equals("approved")).isPresent();
        withdraw(stores, known, changes);
        if (changes.isEmpty() || policy == SchemaPolicy.FOLLOW || approved) {
            follow(connector, known, found, changes, approved, news);
            return;
        }
        if (seen.isEmpty()) {
            stores.schemas().add(known.uid(), found.columns(), difference, policy.level(), "open");
            String what = policy == SchemaPolicy.STOP
                    ? "; it is not synced until that is approved"
                    : "; the table stays as it is until that is approved";
            news.add(known.name() + ": " + difference + what);
        }
        if (policy == SchemaPolicy.STOP) {
            stores.entities().setNote(known.uid(), difference);
            return;
        }
        follow(connector, known, found.withColumns(known.columns()), List.of(), false, news);
    }

    private void follow(
            ConnectorSettings connector,
            EntityRecord known,
            EntityRecord found,
            List<SchemaChange> changes,
            boolean approved,
            List<String> news) {
        Stores stores = databases.of(connector).stores();
        EntityRecord merged = found.withColumns(keepTypes(found.columns(), changes));
        Target target = targets.of(merged, connector);
        if (SchemaPolicy.hasOtherKey(changes)) {
            target.setAside(known, connector);
            stores.entities().setFirstLoad(known.uid(), true);
            stores.cursors().reset(known.uid());
            news.add(known.name() + ": has another key now; its table is put aside and made anew");
        }
        if (merged.enabled() || target.isThere(merged, connector)) {
            ensure(connector, merged);
            target.follow(merged, connector, changes);
        }
        stores.entities().describe(merged);
        if (known.note() != null) {
            stores.entities().setNote(known.uid(), null);
        }
        if (!same(known.columns(), merged.columns()) && !approved) {
            List<String> texts = changes.stream().map(SchemaChange::text).toList();
            stores.schemas().add(known.uid(), merged.columns(), String.join("; ", texts), "info", "approved");
            texts.forEach(text -> news.add(known.name() + ": " + text));
        }
    }

    /** A difference that waited for a word and is no more: the source took it back. */
    private static void withdraw(Stores stores, EntityRecord known, List<SchemaChange> changes) {
        if (changes.isEmpty()) {
            stores.schemas()
                    .newest(known.uid())
                    .filter(version -> version.decision().equals("open") && !version.is(known.columns()))
                    .ifPresent(version -> stores.schemas().decide(version.uid(), "withdrawn", "source"));
        }
    }

    private static boolean same(Columns one, Columns other) {
        return one.list().equals(other.list());
    }

    /** A narrowed column keeps its type. */
    private static Columns keepTypes(Columns found, List<SchemaChange> changes) {
        Map<String, ColumnType> kept = new HashMap<>();
        for (SchemaChange change : changes) {
            if (change.kind() == SchemaChange.Kind.NARROWED) {
                kept.put(change.column(), change.before());
            }
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : found) {
            columns.add(column.typed(kept.getOrDefault(column.name(), column.type())));
        }
        return new Columns(columns, found.keyNames());
    }
}
