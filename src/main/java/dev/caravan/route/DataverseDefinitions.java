package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.odata.AttributeDefinition;
import dev.caravan.schema.odata.DefinitionRequests;
import dev.caravan.schema.odata.DefinitionText;
import dev.caravan.schema.odata.EntityDefinition;
import dev.caravan.schema.odata.EntityDefinition.ManyToMany;
import dev.caravan.schema.odata.EntitySet;
import dev.caravan.schema.odata.Metadata;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * What an environment's definitions say of tables beside its {@code $metadata}: all tables, and which columns are
 * secured, in one request each run; columns of a table that is synced in one request when it is new, and again when that is
 * older than {@code schema-every}.
 */
final class DataverseDefinitions {
    /** The name under which a table's definition is kept. */
    static final String DEFINITION = "DEFINITION";

    private static final int AT_ONCE = 24;
    private static final Set<String> NOT_ALLOWED = Set.of("FORBIDDEN", "NOT_FOUND", "REQUEST_REFUSED");

    private final Caller caller;
    private final Clock clock;

    DataverseDefinitions(Caller caller, Clock clock) {
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * What is known.
     *
     * @param tables by logical name, those that are synced with their columns; none where the caller may not read them
     * @param fresh what was asked for now and is to be kept, by entity set
     * @param secured whether it says which columns are secured now
     */
    record Known(Map<String, EntityDefinition> tables, Map<String, String> fresh, boolean secured) {}

    /**
     * A request for all tables that is under way.
     *
     * @param path what is asked for
     * @param answer as {@link #asked} gives it
     */
    record Begun(String path, FutureTask<Optional<List<EntityDefinition>>> answer) implements AutoCloseable {
        /** Waits for it no longer. */
        @Override
        public void close() {
            answer.cancel(true);
        }
    }

    /** Asks for all tables, as an environment of today understands it, while its {@code $metadata} is read. */
    Begun begin(ConnectorSettings connector) {
        String path = DefinitionRequests.tablesOfToday();
        FutureTask<Optional<List<EntityDefinition>>> answer =
                new FutureTask<>(() -> asked(connector, path, EntityDefinition.class));
        Thread asking = new Thread(answer, "definitions-" + connector.name());
        asking.setDaemon(true);
        asking.start();
        return new Begun(path, answer);
    }

    /**
     * Asks for what is not kept, or has been kept for too long.
     *
     * @param begun the request for all tables; an older environment, which would refuse it, is asked for less
     */
    Known of(ConnectorSettings connector, Metadata metadata, List<EntitySet> sets, Stores stores, Begun begun) {
        DefinitionRequests requests = new DefinitionRequests(metadata);
        Map<String, EntityDefinition> tables = new LinkedHashMap<>();
        Optional<List<EntityDefinition>> all = requests.tables().equals(begun.path())
                ? result(begun.answer())
                : asked(connector, requests.tables(), EntityDefinition.class);
        boolean secured = all.isPresent() && !all.get().isEmpty() && DefinitionRequests.tellsSecured(requests.tables());
        all.orElseGet(() -> list(connector, requests.plainTables(), EntityDefinition.class))
                .forEach(definition -> tables.put(definition.logicalName(), definition));
        Map<String, String> fresh = new HashMap<>();
        if (tables.isEmpty()) {
            return new Known(tables, fresh, false);
        }
        Map<String, String> kept = kept(connector, stores);
        List<EntitySet> due = sets.stream()
                .filter(set -> tables.containsKey(DataverseTables.logicalName(set)) && !kept.containsKey(set.name()))
                .toList();
        fresh.putAll(ask(connector, requests, due, tables));
        for (EntitySet set : sets) {
            String text = fresh.getOrDefault(set.name(), kept.get(set.name()));
            if (text != null) {
                tables.computeIfPresent(
                        DataverseTables.logicalName(set), (name, plain) -> DefinitionText.read(plain, text));
            }
        }
        return new Known(tables, fresh, secured);
    }

    /** The secured columns of all tables, by logical name; empty where the caller may not read them. */
    Optional<Map<String, EntityDefinition>> secured(ConnectorSettings connector) {
        return asked(connector, DefinitionRequests.SECURED, EntityDefinition.class)
                .filter(tables -> !tables.isEmpty())
                .map(tables -> tables.stream()
                        .collect(Collectors.toMap(EntityDefinition::logicalName, table -> table, (one, same) -> one)));
    }

    private Map<String, String> kept(ConnectorSettings connector, Stores stores) {
        Map<String, String> kept = new HashMap<>();
        for (EntityRecord entity : stores.entities().all()) {
            if (entity.connector().equals(connector.name())) {
                stores.cursors()
                        .kept(entity.uid(), DEFINITION, clock.instant().minus(connector.schemaEvery()))
                        .ifPresent(text -> kept.put(entity.slug(), text));
            }
        }
        return kept;
    }

    private Map<String, String> ask(
            ConnectorSettings connector,
            DefinitionRequests requests,
            List<EntitySet> due,
            Map<String, EntityDefinition> tables) {
        Map<String, String> answers = new HashMap<>();
        if (due.isEmpty()) {
            return answers;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, due.size()));
        try {
            Map<String, Future<List<AttributeDefinition>>> asked = new LinkedHashMap<>();
            for (EntitySet set : due) {
                String path = requests.columns(DataverseTables.logicalName(set));
                asked.put(set.name(), threads.submit(() -> list(connector, path, AttributeDefinition.class)));
            }
            List<ManyToMany> links = links(connector, requests, due, tables);
            for (EntitySet set : due) {
                Future<List<AttributeDefinition>> columns = Objects.requireNonNull(asked.get(set.name()));
                List<ManyToMany> own = links.stream()
                        .filter(link -> link.intersect().equals(DataverseTables.logicalName(set)))
                        .toList();
                answers.put(set.name(), DefinitionText.write(result(columns), own));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<ManyToMany> links(
            ConnectorSettings connector,
            DefinitionRequests requests,
            List<EntitySet> due,
            Map<String, EntityDefinition> tables) {
        boolean joins = due.stream()
                .map(set -> tables.get(DataverseTables.logicalName(set)))
                .anyMatch(table -> table != null && table.intersect());
        return joins ? list(connector, requests.links(), ManyToMany.class) : List.of();
    }

    private static <T> T result(Future<T> asked) {
        try {
            return asked.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Faults.of(stopped);
        } catch (ExecutionException failed) {
            throw Faults.of(failed.getCause());
        }
    }

    /** No element where the caller may not read it. */
    private <T> List<T> list(ConnectorSettings connector, String path, Class<T> type) {
        return asked(connector, path, type).orElse(List.of());
    }

    /** No element where the caller may not read it; empty where it is not understood. */
    private <T> Optional<List<T>> asked(ConnectorSettings connector, String path, Class<T> type) {
        try {
            List<T> found = new ArrayList<>();
            SourceRequest request =
                    new SourceRequest(SourceRequest.Kind.METADATA, connector.type(), connector.name(), "", path, null);
            for (Object each : caller.ask(request, List.class)) {
                found.add(type.cast(each));
            }
            return Optional.of(found);
        } catch (CaravanException refused) {
            if (!NOT_ALLOWED.contains(refused.code())) {
                throw refused;
            }
            return refused.code().equals("FORBIDDEN") ? Optional.of(List.of()) : Optional.empty();
        }
    }
}
