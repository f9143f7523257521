package dev.caravan.model;

import org.jspecify.annotations.Nullable;

/**
 * A record that a stage refused, and why.
 *
 * @param stage FETCH, NORMALISE, MAP, VALIDATE, IDENTITY, DELTA, RESOLVE or INGEST
 * @param code what kind of refusal, {@code NUMBER_UNREADABLE}
 * @param type the fault's family, {@code BAD_DATA}
 * @param message what failed and what to do; names fields, never whole rows
 * @param reference the record as a person calls it, {@code items[PART_NO=ABC-1]}
 * @param raw JSON object of the values as they came
 * @param normalised JSON object after normalising; null if it did not get there
 * @param mapped JSON object after mapping; null if it did not get there
 * @param rowVersion the source's version of the record; null where it sends none
 */
public record DeadLetter(
        String stage,
        String code,
        String type,
        String message,
        String reference,
        String raw,
        @Nullable String normalised,
        @Nullable String mapped,
        @Nullable String rowVersion) {}
