package dev.caravan.route;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Takes from a hop on an exchange of its own how it failed, and nothing else.
 *
 * <p>A split that stops at a failure, and a transaction that is rolled back, mark their exchange as one that no policy
 * may try again (Camel 4.18, MulticastProcessor and TransactionErrorHandler); here the caller's policy is to decide.
 */
final class OnlyFailure implements AggregationStrategy {
    @Override
    public Exchange aggregate(Exchange caller, Exchange hop) {
        if (hop.getException() != null) {
            caller.setException(hop.getException());
        }
        return caller;
    }
}
