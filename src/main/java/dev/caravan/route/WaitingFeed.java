package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.Columns;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.model.Utf8;
import dev.caravan.schema.RowJson;
import dev.caravan.store.PendingChildRepository;
import dev.caravan.store.PendingChildRepository.Child;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A run over records that wait for their parents and whose time has come, in the order in which they came. */
final class WaitingFeed extends RetryFeed {
    /** So many records at most that come along with one page of those whose time has come. */
    private static final int ALONG = 5000;

    private final Set<String> due = ConcurrentHashMap.newKeySet();
    private final Set<String> lastTries = ConcurrentHashMap.newKeySet();
    private final Set<String> along = new HashSet<>();
    private volatile String last = "";
    private volatile int number;
    private volatile boolean ended;

    @Override
    Page next(RunPlan plan) {
        List<Child> some = plan.stores().waiting().nextDue(plan.entity().uid(), last, PAGE);
        for (Child child : some) {
            last = child.uid();
            due.add(child.keyHash());
            if (PendingChildRepository.isLast(child.retryCount())) {
                lastTries.add(child.keyHash());
            }
        }
        ended = some.size() < PAGE;
        int page = number + 1;
        number = page;
        return page(plan, page, plan.target().equals(Targets.SQL) ? some : withThoseBehind(plan, some));
    }

    /**
     * Where records are sent after their run, those of the same entity that wait for them go with them, however many
     * generations there are: else each would take a run.
     */
    private List<Child> withThoseBehind(RunPlan plan, List<Child> some) {
        String name = plan.entity().name();
        List<Child> all = new ArrayList<>();
        some.stream().filter(child -> !along.contains(child.keyHash())).forEach(all::add);
        Set<String> ahead = all.stream().map(Child::keyHash).collect(Collectors.toSet());
        while (!ahead.isEmpty() && all.size() < PAGE + ALONG) {
            List<Child> behind = plan
                    .stores()
                    .waiting()
                    .waitingFor(name, ahead, plan.entity().uid(), ALONG)
                    .stream()
                    .filter(child -> !due.contains(child.keyHash()) && along.add(child.keyHash()))
                    .toList();
            all.addAll(behind);
            ahead = behind.stream().map(Child::keyHash).collect(Collectors.toSet());
        }
        return all;
    }

    /** Those among some records that were tried because their time had come. */
    List<String> due(Collection<String> keyHashes) {
        return keyHashes.stream().filter(due::contains).toList();
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
                    Utf8.of(child.extra())));
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
