package dev.caravan.route;

import dev.caravan.model.EntityRecord;
import dev.caravan.store.PendingChildRepository.Child;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is left to release after some pages: those who waited for them, and those who waited for those in turn. Used by
 * one thread, inside its transaction.
 */
final class Releasing {
    final RunPlan parent;
    final Deque<Generation> left = new ArrayDeque<>();
    /** Runs in which released records count, by the uid of their entity. */
    final Map<String, Open> children = new LinkedHashMap<>();
    /** Records at hand, of the first generation that is left. */
    List<Child> some = List.of();
    /** Whether a page is being stored that may let more go. */
    boolean underWay;
    /** Whether it was asked, while that page was under way, what comes after it. */
    boolean asked;

    Releasing(RunPlan parent) {
        this.parent = parent;
    }

    /** The run in which an entity's records count, one of which was released. */
    Open child(EntityRecord entity) {
        return Objects.requireNonNull(children.get(entity.uid()));
    }

    /** Records of an entity that waited for some of another one. */
    record Generation(String parent, List<String> arrived, EntityRecord entity) {}

    /** A run in which released records count. */
    static final class Open {
        final RunPlan plan;
        int pages;
        /** Rows that this transaction adds to the table. */
        long inserted;

        Open(RunPlan plan, int pages) {
            this.plan = plan;
            this.pages = pages;
        }
    }
}
