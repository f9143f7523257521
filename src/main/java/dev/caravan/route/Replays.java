package dev.caravan.route;

import dev.caravan.model.Page;
import org.apache.camel.Exchange;

/** The steps that bring dead letters, and records that waited, onto the way of all records. Safe for several threads. */
public final class Replays {
    private final Plans plans;
    private final Lanes lanes;

    Replays(Plans plans, Lanes lanes) {
        this.plans = plans;
        this.lanes = lanes;
    }

    /** The next records of a run as a page. */
    public Page next(Exchange exchange) {
        RunPlan plan = plans.of(exchange.getProperty("run", String.class));
        Page page = ((RetryFeed) plan.feed()).next(plan);
        lanes.fetched(page);
        return page;
    }
}
