package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.Columns;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.schema.RowJson;
import dev.caravan.store.PendingChildRepository;
import dev.caravan.store.PendingChildRepository.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A run over records that wait for their parents and whose time has come, in the order in which they came. */
final class WaitingFeed extends RetryFeed {
    private final Set<String> lastTries = ConcurrentHashMap.newKeySet();
    private volatile String last = "";
    private volatile int number;
    private volatile boolean ended;

    @Override
    Page next(RunPlan plan) {
        List<Child> some = plan.stores().waiting().nextDue(plan.entity().uid(), last, PAGE);
        for (Child child : some) {
            last = child.uid();
            if (PendingChildRepository.isLast(child.retryCount())) {
                lastTries.add(child.keyHash());
            }
        }
        ended = some.size() < PAGE;
        int page = number + 1;
        number = page;
        return page(plan, page, some);
    }

    /** Records that wait, as a page. */
    static Page page(RunPlan plan, int number, List<Child> children) {
        Columns columns = plan.entity().columns();
        List<Row> rows = new ArrayList<>();
        long bytes = 0;
        for (Child child : children) {
            bytes += child.payload().length();
            rows.add(Row.raw(
                    columns,
                    RowJson.read(columns, child.payload()),
                    child.rowVersion(),
                    child.reference(),
                    child.extra()));
        }
        return new Page(plan.run(), number, rows, List.of(), rows.size(), bytes * WEIGHT, 0, "", null);
    }

    /** Whether a record is tried for the last time. */
    boolean isLastTry(String keyHash) {
        return lastTries.contains(keyHash);
    }

    @Override
    public String kind(ConnectorSettings connector) {
        return "waiting-children";
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public String position() {
        return "records that wait";
    }
}
