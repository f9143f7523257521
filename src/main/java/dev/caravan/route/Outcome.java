package dev.caravan.route;

import dev.caravan.fault.FaultKind;
import dev.caravan.model.RunCounts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one run of one entity ended.
 *
 * @param entity connector and slug
 * @param status completed, failed, throttled, locked, cancelled, pending (tried again), waiting (for its window) or held (some deletions wait for a person's
 *     word)
 * @param newDeadLetters records that became dead letters in this run and were none before
 * @param kind family of the failure; null for none
 * @param code what kind of failure; null for none
 * @param message for people; null where there is nothing to say
 */
public record Outcome(
        String entity,
        String status,
        RunCounts counts,
        long newDeadLetters,
        Duration took,
        long requests,
        @Nullable FaultKind kind,
        @Nullable String code,
        @Nullable String message) {

    /** One an entity, in their order: records that were stored with others count beside those of the entity's own run. */
    static List<Outcome> together(List<Outcome> outcomes) {
        Map<String, Outcome> byEntity = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byEntity.merge(
                outcome.entity,
                outcome,
                (one, other) -> one.status.equals("completed") ? one.and(other) : other.and(one)));
        return List.copyOf(byEntity.values());
    }

    /** This run and another one of the same entity after it, as one. */
    Outcome and(Outcome later) {
        RunCounts one = counts;
        RunCounts other = later.counts;
        RunCounts sum = new RunCounts(
                one.fetched() + other.fetched(),
                one.inserted() + other.inserted(),
                one.updated() + other.updated(),
                one.deleted() + other.deleted(),
                one.skipped() + other.skipped(),
                one.failed() + other.failed(),
                one.pending() + other.pending(),
                one.repeated() + other.repeated());
        return new Outcome(
                entity,
                later.status,
                sum,
                newDeadLetters + later.newDeadLetters,
                took.plus(later.took),
                requests + later.requests,
                later.kind,
                later.code,
                later.message);
    }
}
