package dev.caravan.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Actions at requests for data, run in the thread of the request. Thread-safe. */
public final class PageHooks {
    private final List<Hook> hooks = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private IntConsumer everyTime = number -> {};
    private int sinceSet;

    private record Hook(String slug, boolean before, int number, Runnable action) {}

    /** The action runs once, at the n-th request for this API from now, counted from 1. */
    public synchronized void add(String slug, boolean before, int fromNow, Runnable action) {
        hooks.add(new Hook(slug, before, counts.getOrDefault(slug, 0) + fromNow, action));
    }

    /** The action runs before every request for any API with its number, counted from 1 from now. */
    public synchronized void setEveryTime(IntConsumer action) {
        sinceSet = 0;
        everyTime = action;
    }

    /** Runs what is due before the rows are read; gives the request's number among those of the API. */
    public int before(String slug) {
        int number;
        int numberOfAll;
        IntConsumer action;
        synchronized (this) {
            number = counts.merge(slug, 1, Integer::sum);
            numberOfAll = ++sinceSet;
            action = everyTime;
        }
        action.accept(numberOfAll);
        due(slug, true, number).forEach(hook -> hook.action().run());
        return number;
    }

    /** Runs what is due after the rows are read, before they are sent. */
    public void after(String slug, int number) {
        due(slug, false, number).forEach(hook -> hook.action().run());
    }

    private synchronized List<Hook> due(String slug, boolean before, int number) {
        List<Hook> due = hooks.stream()
                .filter(hook -> hook.slug().equals(slug) && hook.before() == before && hook.number() == number)
                .toList();
        hooks.removeAll(due);
        return due;
    }
}
