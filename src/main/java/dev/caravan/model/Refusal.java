package dev.caravan.model;

import org.jspecify.annotations.Nullable;

/**
 * A dead letter together with the record's business-key hash, so that a record that cannot be stored is not taken for
 * one that is gone from the source.
 *
 * @param letter what was refused and why
 * @param keyHash 32 hex digits; null where the key itself could not be read
 */
public record Refusal(DeadLetter letter, @Nullable String keyHash) {}
