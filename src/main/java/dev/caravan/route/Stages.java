package dev.caravan.route;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.schema.RowJson;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** The stages of the page route: each hands a row to its run's own normaliser, mapper, validator or identifier. */
public final class Stages {
    private final Plans plans;

    Stages(Plans plans) {
        this.plans = plans;
    }

    /** A step of a route that puts another row in the place of the one in the body. */
    static Processor step(UnaryOperator<Row> stage) {
        return exchange -> {
            Message message = exchange.getMessage();
            message.setBody(stage.apply((Row) message.getBody()));
        };
    }

    Row normalise(Row row) {
        return plans.of(row.sourceColumns()).shape().normalise(row);
    }

    Row map(Row row) {
        return plans.of(row.sourceColumns()).shape().map(row);
    }

    Row validate(Row row) {
        return plans.of(row.sourceColumns()).shape().validate(row);
    }

    Row identify(Row row) {
        return plans.of(row.sourceColumns()).shape().identify(row);
    }

    /** A record that a stage refused, as a dead letter with all its forms. */
    public Refusal refuse(Exchange exchange) {
        Row row = exchange.getMessage().getBody(Row.class);
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        RunPlan plan = plans.of(row.sourceColumns());
        String key = plan.shape().keyOf(row);
        boolean expected = cause instanceof RecordFault;
        RecordFault fault = expected ? (RecordFault) cause : unexpected(cause);
        @Nullable Object[] normalised = row.normalisedValues();
        boolean mapped = row.columns() != row.sourceColumns();
        String reference = plan.shape().reference(row, key == null ? "????????" : key);
        DeadLetter letter = new DeadLetter(
                fault.stage(),
                fault.code(),
                expected ? "BAD_DATA" : "INTERNAL",
                String.valueOf(fault.getMessage()),
                reference,
                RowJson.write(row.sourceColumns(), row.raw()),
                normalised == null ? null : RowJson.write(row.sourceColumns(), normalised),
                mapped ? RowJson.write(row.columns(), row.values()) : null,
                row.rowVersion());
        return new Refusal(letter, key);
    }

    private static RecordFault unexpected(@Nullable Throwable cause) {
        String what = cause == null ? "unknown" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new RecordFault("PAGE", "UNEXPECTED", "A stage failed in an unexpected way: " + what);
    }
}
