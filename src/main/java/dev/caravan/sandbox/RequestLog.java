package dev.caravan.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What was asked of the sandbox, in the order in which it came in: the last 100,000 requests, and the number of all.
 * Thread-safe.
 */
public final class RequestLog {
    private static final int KEPT = 100_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long count;
    private int underWay;
    private int mostAtOnce;

    RequestLog() {}

    /**
     * One request.
     *
     * @param method GET, POST
     * @param target path and query as they were sent
     * @param time when it came in, by the sandbox's clock
     * @param headers what came with it, names in lower case, without the authorization
     * @param fault name of the fault it met; empty for none
     */
    public record Entry(String method, String target, Instant time, Map<String, String> headers, String fault) {
        /** The target without its query. */
        public String path() {
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }
    }

    /** All that is kept. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** How many requests there were since the last {@link #clear}. */
    public synchronized long count() {
        return count;
    }

    /** How many of those kept begin with this path. */
    public synchronized long count(String pathPrefix) {
        return entries.stream()
                .filter(entry -> entry.target().startsWith(pathPrefix))
                .count();
    }

    /** The requests for the data of one API, among those kept. */
    public synchronized List<Entry> requestsOf(String slug) {
        String path = ApiSmithSandbox.DATA + slug;
        return entries.stream().filter(entry -> entry.path().equals(path)).toList();
    }

    /** The most requests that were being answered at the same time since the last {@link #clear}. */
    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    /** The most requests, among those kept, that came in within any span of this length. */
    public synchronized int mostWithin(Duration span) {
        Deque<Instant> within = new ArrayDeque<>();
        int most = 0;
        for (Entry entry : entries) {
            while (!within.isEmpty() && !within.getFirst().plus(span).isAfter(entry.time())) {
                within.removeFirst();
            }
            within.addLast(entry.time());
            most = Math.max(most, within.size());
        }
        return most;
    }

    /** Forgets everything but what is under way. */
    public synchronized void clear() {
        entries.clear();
        count = 0;
        mostAtOnce = underWay;
    }

    synchronized void began(Entry entry) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(entry);
        count++;
        underWay++;
        mostAtOnce = Math.max(mostAtOnce, underWay);
    }

    synchronized void ended() {
        underWay--;
    }
}
