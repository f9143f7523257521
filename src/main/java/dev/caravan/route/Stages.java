package dev.caravan.route;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.schema.RowJson;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** The stages of the record route: each hands a row to its run's own normaliser, mapper, validator or identifier. */
public final class Stages {
    private final Plans plans;

    Stages(Plans plans) {
        this.plans = plans;
    }

    /** A step of a route that puts what a stage makes of the records in the place of those in the body. */
    static Processor step(UnaryOperator<Row> stage) {
        return exchange -> {
            Message message = exchange.getMessage();
            message.setBody(((Slice) message.getBody()).through(stage));
        };
    }

    /** The records of a page, some at a time; a traced one goes its way once, alone. */
    public List<Slice> slices(Page page) {
        boolean traced = plans.of(page.run()).shape() instanceof TracedShape;
        return traced ? new Slice(page.rows(), page.rows()).alone() : Slice.cut(page.rows());
    }

    /**
     * The records of a slice that a stage refused, one at a time.
     *
     * @throws IllegalStateException where a page could not even be cut, because its run is over
     */
    public List<Slice> alone(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Slice refused) {
            return refused.alone();
        }
        throw new IllegalStateException(
                "A page could not be cut into records",
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
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
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (!(exchange.getMessage().getBody() instanceof Slice refused)) {
            throw new IllegalStateException("What failed is no record of a page", cause);
        }
        Row row = refused.rows().get(0);
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
