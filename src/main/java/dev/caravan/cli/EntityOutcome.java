package dev.caravan.cli;

import dev.caravan.model.RunCounts;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one pass over one entity ended.
 *
 * @param entity connector and slug, {@code erp.items}
 * @param newDeadLetters records that became dead letters in this pass and were none before
 * @param requests HTTP requests that it took
 * @param code what kind of failure; null for none
 * @param message for people: what failed and what to do; null where there is nothing to say
 */
public record EntityOutcome(
        String entity,
        Ending ending,
        RunCounts counts,
        long newDeadLetters,
        Duration took,
        long requests,
        @Nullable String code,
        @Nullable String message) {
    /** The message behind the entity's name, which it may begin with by itself; null where there is nothing to say. */
    public @Nullable String told() {
        return message == null ? null : named(entity, message);
    }

    /** What is said of something, with its name at the beginning, once. */
    static String named(String name, String text) {
        return text.startsWith(name + ":") || text.startsWith(name + " ") ? text : name + ": " + text;
    }

    /** Ways in which a pass ends. */
    public enum Ending {
        /** All rows are stored or dead letters. */
        COMPLETED,
        /** It could not go on. */
        FAILED,
        /** Login or rights. */
        DENIED,
        /** The source asked to wait for too long; the progress is kept. */
        THROTTLED,
        /** Another process is at it. */
        LOCKED,
        /** A setting is wrong. */
        MISCONFIGURED,
        /** The schema changed in a way that a person must decide on. */
        SCHEMA_STOPPED,
        /** So many rows would be deleted that a person must decide. */
        DELETES_HELD,
        /** Its rows are to be others than those that are held, and a person must decide. */
        PLAN_OPEN,
        /** Its window is closed; the next one goes on. */
        WAITING,
        /** Stopped before its end; the progress is kept. */
        CANCELLED;

        /** As tables and JSON show it: {@code deletes held}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
