package dev.caravan.route;

import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Gathers the records of a page again after their stages: the good ones in order, and the refused ones. */
final class RowGroup implements AggregationStrategy {
    @Override
    @SuppressWarnings("NullAway")
    public Exchange aggregate(Exchange before, Exchange record) {
        Exchange group = before == null ? record : before;
        Grouped grouped;
        Object body = record.getMessage().getBody();
        if (before == null) {
            grouped = new Grouped(new ArrayList<>(), new ArrayList<>());
            group.getMessage().setBody(grouped);
        } else {
            grouped = before.getMessage().getBody(Grouped.class);
        }
        if (body instanceof Row row) {
            grouped.rows().add(row);
        } else if (body instanceof Refusal refusal) {
            grouped.refused().add(refusal);
        }
        return group;
    }

    /** Records gathered so far. */
    record Grouped(List<Row> rows, List<Refusal> refused) {}
}
