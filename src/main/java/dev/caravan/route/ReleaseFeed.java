package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.Page;

/** The place of a source for records that are stored in the transaction of their parents: they are handed in, not fetched. */
final class ReleaseFeed extends RetryFeed {
    @Override
    Page next(RunPlan plan) {
        throw new IllegalStateException("Nothing is fetched for records whose parents came");
    }

    @Override
    public String kind(ConnectorSettings connector) {
        return "released";
    }

    @Override
    public boolean hasNext() {
        return false;
    }

    @Override
    public String position() {
        return "records whose parents came";
    }
}
