package dev.caravan.route;

import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/**
 * The page again, with what its records became in their stages: the good ones in order, and the refused ones. Of a slice
 * whose records went alone, just these.
 *
 * <p>On an exchange of its own: one whose failure was handled is at its end, and would take the page along.
 */
final class RowGroup implements AggregationStrategy {
    @Override
    @SuppressWarnings("NullAway")
    public Exchange aggregate(Exchange before, Exchange record) {
        Exchange group = before == null ? new DefaultExchange(record.getContext()) : before;
        Object body = record.getMessage().getBody();
        Grouped grouped =
                before == null ? new Grouped() : (Grouped) before.getMessage().getBody();
        if (body instanceof Slice slice) {
            grouped.rows.addAll(slice.rows());
        } else if (body instanceof Refusal refusal) {
            grouped.refused.add(refusal);
        } else if (body instanceof Grouped alone) {
            grouped.rows.addAll(alone.rows);
            grouped.refused.addAll(alone.refused);
        }
        if (before == null) {
            group.getMessage().setBody(grouped);
        }
        return group;
    }

    @Override
    public void onCompletion(Exchange group, Exchange whole) {
        if (group != null
                && group.getMessage().getBody() instanceof Grouped grouped
                && whole.getMessage().getBody() instanceof Page page) {
            grouped.refused.addAll(0, page.refused());
            group.getMessage().setBody(page.with(grouped.rows, grouped.refused));
        }
    }

    /** Records gathered so far. */
    private static final class Grouped {
        private final List<Row> rows = new ArrayList<>(1000);
        private final List<Refusal> refused = new ArrayList<>();
    }
}
