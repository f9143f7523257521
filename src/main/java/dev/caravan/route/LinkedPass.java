package dev.caravan.route;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.ProducerTemplate;

/** One pass over entities whose rows are those that others refer to, once the others are done. One thread. */
final class LinkedPass {
    /** As many links may lie between a row and the one it is there for. */
    private static final int MOST_ROUNDS = 10;

    private final Desk desk;
    private final ProducerTemplate producer;

    LinkedPass(Desk desk, ProducerTemplate producer) {
        this.desk = desk;
        this.producer = producer;
    }

    /** Syncs them, again and again while one of them brings rows that another may refer to; an outcome an entity. */
    Collection<Outcome> sync(List<String> names, SyncOptions options) {
        Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
        boolean again = !names.isEmpty();
        for (int round = 0; again && round < MOST_ROUNDS; round++) {
            Map<String, Outcome> these = new ConcurrentHashMap<>();
            desk.use(options, outcome -> these.put(outcome.entity(), outcome));
            producer.requestBody("direct:sync-all", names);
            these.forEach((name, outcome) -> outcomes.merge(name, outcome, Outcome::and));
            again = names.size() > 1
                    && these.values().stream()
                            .anyMatch(outcome -> outcome.counts().inserted() > 0);
        }
        return outcomes.values();
    }
}
