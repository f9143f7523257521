package dev.caravan.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.model.EntityRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes over all rows that take several runs, each in a window of its own: what they have seen so far is kept, so that
 * the last one knows which rows none of them saw. Stateless.
 */
final class Nights {
    private static final String NAME = "PASS";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Nights() {}

    /**
     * A pass that ended before its end.
     *
     * @param began when its first run began
     * @param checkpoint where it stands; another one tells that a run since has not kept what it saw
     * @param confirming whether it is the listing that was to confirm deletions
     */
    record Left(Instant began, String checkpoint, boolean confirming) {
        private String text() {
            return JSON.createObjectNode()
                    .put("began", began.toString())
                    .put("checkpoint", checkpoint)
                    .put("confirming", confirming)
                    .toString();
        }

        private static Optional<Left> of(String text) {
            try {
                JsonNode node = JSON.readTree(text);
                return Optional.of(new Left(
                        Instant.parse(node.path("began").asText()),
                        node.path("checkpoint").asText(),
                        node.path("confirming").asBoolean()));
            } catch (JsonProcessingException | DateTimeParseException damaged) {
                return Optional.empty();
            }
        }
    }

    /** The pass that a run goes on with at the entity's checkpoint; null where not all that it saw is known. */
    static @Nullable Left goneOnWith(Stores stores, EntityRecord entity) {
        String stands = stores.cursors().checkpoint(entity.uid()).orElse("");
        return stores.cursors()
                .kept(entity.uid(), NAME)
                .flatMap(Left::of)
                .filter(left -> left.checkpoint().equals(stands))
                .orElse(null);
    }

    /** Keeps what a run leaves of its pass, or forgets the pass; inside the transaction that closes the run. */
    static void leave(RunPlan plan) {
        Stores stores = plan.stores();
        String entity = plan.entity().uid();
        Optional<Left> left = plan.settings().window().isEmpty()
                ? Optional.empty()
                : stores.cursors()
                        .checkpoint(entity)
                        .flatMap(checkpoint -> plan.feed().leaves(plan, checkpoint));
        if (left.isEmpty() || plan.feed().passBegan() == null) {
            stores.passes().forget(entity);
            stores.cursors().forget(entity, NAME);
        }
        if (left.isPresent()) {
            plan.keepSeen();
            stores.cursors().keep(entity, NAME, left.get().text());
        }
    }
}
