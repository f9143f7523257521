package dev.caravan.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.model.Page;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class StagesTest {
    private final Stages stages = new Stages(new Plans());
    private final Page page = new Page("run", 1, List.of(), List.of(), 0, 0, 0, "", null);

    private Exchange failed() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(page);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalArgumentException("the first failure"));
        return exchange;
    }

    @Test
    void aPageWhoseRunIsOverIsNotCut() {
        assertThatThrownBy(() -> stages.slices(page)).hasMessage("No run is under way as run");
    }

    @Test
    void whatIsNoRecordFailsWithItsFirstFailureInsteadOfBecomingADeadLetter() {
        assertThatThrownBy(() -> stages.refuse(failed())).hasRootCauseMessage("the first failure");
        assertThatThrownBy(() -> stages.alone(failed())).hasRootCauseMessage("the first failure");
    }
}
