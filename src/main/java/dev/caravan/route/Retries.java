package dev.caravan.route;

import dev.caravan.model.EntityRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.ProducerTemplate;

/** Runs over records that are kept here, for those whose time has come. Safe for several threads. */
final class Retries {
    /** As many generations may be sent one after the other. */
    private static final int MOST_ROUNDS = 100;

    private final TargetDatabases databases;
    private final ProducerTemplate producer;

    Retries(TargetDatabases databases, ProducerTemplate producer) {
        this.databases = databases;
        this.producer = producer;
    }

    /** Dead letters. */
    void letters() {
        for (EntityRecord entity : due(stores -> stores.deadLetters().entitiesDue(), any -> true)) {
            producer.requestBody("direct:retry", Replay.due(entity));
        }
    }

    /**
     * Records that wait for their parents; those that come with them may let others go in turn. An entity of which none
     * went, because another process is at it for one, is left for the next time.
     */
    void waiting(Predicate<EntityRecord> wanted) {
        Map<String, Long> tried = new HashMap<>();
        List<EntityRecord> due = due(stores -> stores.waiting().entitiesDue(), wanted);
        for (int round = 0; !due.isEmpty() && round < MOST_ROUNDS; round++) {
            due.forEach(entity -> tried.put(entity.uid(), count(entity)));
            due.forEach(entity -> producer.requestBody("direct:retry", new Awaited(entity.name())));
            due = due(
                    stores -> stores.waiting().entitiesDue(),
                    entity -> wanted.test(entity) && !Objects.equals(tried.get(entity.uid()), count(entity)));
        }
    }

    private long count(EntityRecord entity) {
        return databases
                .ofEntity(entity.name())
                .map(database -> database.stores().waiting().count(entity.uid()))
                .orElse(0L);
    }

    /** An entity that is not loaded whole yet, or may not be synced, is passed over until the next time. */
    private List<EntityRecord> due(Function<Stores, List<String>> asked, Predicate<EntityRecord> wanted) {
        Set<String> due = new HashSet<>();
        databases
                .all()
                .forEach(database -> due.addAll(Tidy.quietly(() -> asked.apply(database.stores()), List.<String>of())));
        if (due.isEmpty()) {
            return List.of();
        }
        return databases.entities().stream()
                .filter(entity -> due.contains(entity.uid()))
                .filter(entity -> entity.enabled() && !entity.firstLoad() && entity.note() == null)
                .filter(entity -> databases
                        .ofEntity(entity.name())
                        .filter(database -> Misdescribed.is(database.stores(), entity))
                        .isEmpty())
                .filter(wanted)
                .toList();
    }
}
