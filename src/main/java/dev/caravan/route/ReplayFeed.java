package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.schema.RowJson;
import dev.caravan.store.DeadLetterRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A run over dead letters instead of a source: their raw forms, in the order in which they came. */
final class ReplayFeed extends RetryFeed {
    private final DeadLetterRepository letters;
    private final DeadLetterRepository.Chosen wanted;
    private final Map<Integer, List<DeadLetterRepository.Stored>> underWay = new ConcurrentHashMap<>();
    private volatile String last = "";
    private volatile int number;
    private volatile boolean ended;

    ReplayFeed(DeadLetterRepository letters, DeadLetterRepository.Chosen wanted) {
        this.letters = letters;
        this.wanted = wanted;
    }

    @Override
    Page next(RunPlan plan) {
        List<DeadLetterRepository.Stored> some = letters.next(wanted, last, PAGE);
        List<Row> rows = new ArrayList<>();
        long bytes = 0;
        List<DeadLetterRepository.Stored> tried = new ArrayList<>();
        for (DeadLetterRepository.Stored stored : some) {
            last = stored.uid();
            if (stored.letter().code().equals(HubDeletions.CODE)) {
                letters.retried(stored.uid());
                continue;
            }
            tried.add(stored);
            String raw = stored.letter().raw();
            bytes += raw.length();
            rows.add(Row.raw(
                    plan.entity().columns(),
                    RowJson.read(plan.entity().columns(), raw),
                    stored.letter().rowVersion(),
                    stored.letter().reference(),
                    null));
        }
        ended = some.size() < PAGE;
        int page = number + 1;
        number = page;
        underWay.put(number, tried);
        return new Page(plan.run(), number, rows, List.of(), rows.size(), bytes * WEIGHT, 0, "", null);
    }

    /** The letters of pages that are being stored; those of pages before them are done with. */
    List<DeadLetterRepository.Stored> take(List<Page> pages) {
        underWay.keySet().removeIf(done -> done < pages.get(0).number());
        List<DeadLetterRepository.Stored> tried = new ArrayList<>();
        for (Page page : pages) {
            List<DeadLetterRepository.Stored> some = underWay.get(page.number());
            tried.addAll(some == null ? List.of() : some);
        }
        return tried;
    }

    @Override
    public String kind(ConnectorSettings connector) {
        return "dead-letters";
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public String position() {
        return "dead letters";
    }
}
