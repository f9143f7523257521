package dev.caravan.route;

import dev.caravan.store.DeadLetterRepository;

/**
 * Dead letters of one entity that are to go through the stages once more.
 *
 * @param entity connector and slug
 * @param wanted which of its letters
 */
public record Replay(String entity, DeadLetterRepository.Chosen wanted) {}
