package dev.caravan.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong. Several things may be asked for; a request meets the first that is due. Thread-safe.
 *
 * <p>{@link #on} narrows what is asked for to some paths:
 * {@code faults.on("/api/v1/data/items").next(3, SandboxFault.status(503))}.
 */
public final class Faults {
    private final Plan plan;
    private final String prefix;

    Faults() {
        this(new Plan(), "");
    }

    private Faults(Plan plan, String prefix) {
        this.plan = plan;
        this.prefix = prefix;
    }

    /** The same faults; what is asked for here is only for targets (path and query) that begin so. */
    public Faults on(String targetPrefix) {
        return new Faults(plan, targetPrefix);
    }

    /** For the next requests that meet nothing asked for before: faults queue up. */
    public void next(int count, SandboxFault fault) {
        plan.add(new Rule(prefix, true, number -> number <= count ? fault : null));
    }

    /** For one request: the n-th from now, counted from 1. */
    public void at(int number, SandboxFault fault) {
        byNumber(each -> each == number ? fault : null);
    }

    /** For every request. */
    public void always(SandboxFault fault) {
        byNumber(number -> fault);
    }

    /**
     * For some requests, picked at random.
     *
     * @param share from 0 to 1
     * @param seed the same seed picks the same requests, given the same requests
     */
    public void share(double share, long seed, SandboxFault fault) {
        Random random = new Random(seed);
        byNumber(number -> random.nextDouble() < share ? fault : null);
    }

    /** For those requests that the function has a fault for, by their number, counted from 1 from now. */
    public void byNumber(IntFunction<@Nullable SandboxFault> faults) {
        plan.add(new Rule(prefix, false, faults));
    }

    /** Everything goes well from now on; the counts stay. */
    public void clear() {
        plan.clear();
    }

    /** How often each fault has occurred, by name. */
    public Map<String, Integer> counts() {
        return plan.counts();
    }

    Optional<SandboxFault> due(String target) {
        return plan.due(target);
    }

    /** All that was asked for, in order. */
    private static final class Plan {
        private final List<Rule> rules = new ArrayList<>();
        private final Map<String, Integer> counts = new TreeMap<>();

        synchronized void add(Rule rule) {
            rules.add(rule);
        }

        synchronized void clear() {
            rules.clear();
        }

        synchronized Map<String, Integer> counts() {
            return Map.copyOf(counts);
        }

        synchronized Optional<SandboxFault> due(String target) {
            SandboxFault met = null;
            for (Rule rule : rules) {
                if (target.startsWith(rule.prefix)) {
                    SandboxFault due = rule.next(met == null);
                    met = met == null ? due : met;
                }
            }
            if (met != null) {
                counts.merge(met.name(), 1, Integer::sum);
            }
            return Optional.ofNullable(met);
        }
    }

    /** One thing asked for. Under the plan's lock. */
    private static final class Rule {
        private final String prefix;
        private final boolean waits;
        private final IntFunction<@Nullable SandboxFault> faults;
        private int number;

        Rule(String prefix, boolean waits, IntFunction<@Nullable SandboxFault> faults) {
            this.prefix = prefix;
            this.waits = waits;
            this.faults = faults;
        }

        /** What is due for one more request; one that waits does not count those that are taken. */
        @Nullable
        SandboxFault next(boolean free) {
            if (waits && !free) {
                return null;
            }
            number++;
            return faults.apply(number);
        }
    }
}
