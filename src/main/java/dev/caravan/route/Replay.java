package dev.caravan.route;

import dev.caravan.model.EntityRecord;
import dev.caravan.store.DeadLetterRepository;
import java.util.List;

/**
 * Dead letters of one entity that are to go through the stages once more.
 *
 * @param entity connector and slug
 * @param wanted which of its letters
 */
public record Replay(String entity, DeadLetterRepository.Chosen wanted) implements Retry {
    /** Those of an entity whose time has come. */
    static Replay due(EntityRecord entity) {
        DeadLetterRepository.Wanted all = new DeadLetterRepository.Wanted(entity.uid(), null, null, null, null);
        return new Replay(entity.name(), new DeadLetterRepository.Chosen(all, List.of(), true));
    }
}
