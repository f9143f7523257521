package dev.caravan.route;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Gathers the answers of look-ups. */
final class LookAgain implements AggregationStrategy {
    @Override
    @SuppressWarnings("NullAway")
    public Exchange aggregate(Exchange before, Exchange answered) {
        if (answered.getException() != null) {
            return answered;
        }
        List<LookUpAnswer> answers = new ArrayList<>();
        if (before != null) {
            answers.addAll(before.getMessage().getBody(Answers.class).list());
        }
        if (answered.getMessage().getBody() instanceof Answers several) {
            answers.addAll(several.list());
        } else {
            answers.add(answered.getMessage().getBody(LookUpAnswer.class));
        }
        Exchange group = before == null ? answered : before;
        group.getMessage().setBody(new Answers(answers));
        return group;
    }

    /** Answers gathered so far. */
    record Answers(List<LookUpAnswer> list) {}
}
