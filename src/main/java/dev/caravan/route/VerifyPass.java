package dev.caravan.route;

import dev.caravan.model.EntityRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;

/** One comparison of entities with their sources. One thread. */
final class VerifyPass {
    private final Desk desk;
    private final ProducerTemplate producer;

    VerifyPass(Desk desk, ProducerTemplate producer) {
        this.desk = desk;
        this.producer = producer;
    }

    /**
     * Compares them, as many at once as there are workers.
     *
     * @param last entities whose rows are there because others refer to them
     */
    List<Outcome> verify(
            List<Verify> wanted, List<EntityRecord> last, SyncOptions options, Consumer<Outcome> listener) {
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        desk.use(options.whole(), outcome -> {
            outcomes.add(outcome);
            listener.accept(outcome);
        });
        Set<String> late = last.stream().map(EntityRecord::name).collect(Collectors.toSet());
        for (boolean later : List.of(false, true)) {
            List<Verify> some = wanted.stream()
                    .filter(verify -> late.contains(verify.entity()) == later)
                    .toList();
            producer.requestBody("direct:verify", some);
        }
        return List.copyOf(outcomes);
    }
}
