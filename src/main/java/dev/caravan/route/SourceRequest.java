package dev.caravan.route;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a source.
 *
 * @param kind what kind of answer is expected
 * @param source the source's type, which names the routes: {@code apismith}
 * @param connector whose
 * @param run uid of the run; empty outside of one
 * @param path path and query below the base URL; null for the next page of the run
 * @param keyHash for a look-up, the business-key hash that is looked for; null otherwise
 */
public record SourceRequest(
        Kind kind,
        String source,
        String connector,
        String run,
        @Nullable String path,
        @Nullable String keyHash) implements RemoteRequest {
    /** Kinds of answers. */
    public enum Kind {
        PAGE,
        LOOK_UP,
        METADATA,
        COUNT,
        LOGIN
    }

    @Override
    public boolean isNextPage() {
        return path == null;
    }

    /** The next page of a run. */
    static SourceRequest page(RunPlan plan) {
        return new SourceRequest(
                Kind.PAGE, plan.feed().kind(plan.connector()), plan.connector().name(), plan.run(), null, null);
    }
}
