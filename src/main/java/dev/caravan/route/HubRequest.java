package dev.caravan.route;

import dev.caravan.target.schedulehub.HubBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to ScheduleHub.
 *
 * @param verb what it is for
 * @param connector ScheduleHub's connector
 * @param run uid of the run; empty outside of one
 * @param names business-key hashes that are looked up, or uids that are deleted
 * @param batch records that are sent; null where none are
 */
public record HubRequest(
        Verb verb,
        String connector,
        String run,
        List<String> names,
        @Nullable HubBatch batch) implements RemoteRequest {
    /** Kinds of calls. */
    public enum Verb {
        LOG_IN,
        LOOK_UP,
        SEND,
        DELETE
    }

    @Override
    public String source() {
        return Targets.SCHEDULEHUB;
    }

    @Override
    public boolean isNextPage() {
        return false;
    }

    /** Names the route that carries it over: calls with many records may take longer than a login. */
    public String way() {
        return verb == Verb.LOG_IN ? connector + ".quick" : connector;
    }

    /** How many records it is about. */
    int size() {
        return batch == null ? names.size() : batch.rows().size();
    }
}
