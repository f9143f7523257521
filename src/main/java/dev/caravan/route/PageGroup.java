package dev.caravan.route;

import dev.caravan.model.Page;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Gathers pages of one run that wait to be stored. */
final class PageGroup implements AggregationStrategy {
    private final Lanes lanes;
    private final Plans plans;

    PageGroup(Lanes lanes, Plans plans) {
        this.lanes = lanes;
        this.plans = plans;
    }

    @Override
    @SuppressWarnings("NullAway")
    public Exchange aggregate(Exchange before, Exchange arrived) {
        Page page = arrived.getMessage().getBody(Page.class);
        lanes.arrived(page.run());
        Exchange group = before == null ? arrived : before;
        List<Page> pages = new ArrayList<>();
        if (before != null) {
            pages.addAll(before.getMessage().getBody(PageBatch.class).pages());
        }
        pages.add(page);
        group.getMessage()
                .setBody(new PageBatch(page.run(), plans.of(page.run()).storeRoute(), pages));
        return group;
    }
}
