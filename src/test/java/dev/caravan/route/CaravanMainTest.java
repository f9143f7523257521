package dev.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CaravanMainTest {
    private final CaravanMain main = new CaravanMain();

    @BeforeEach
    void start() {
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private static RouteBuilder says(String route, Endpoint from, String word) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId(route).setBody(constant(word));
            }
        };
    }

    @Test
    void aRouteThatIsAddedAgainReplacesTheOneOfItsNameAndAStoppedOneCanBeRemoved() throws Exception {
        CamelContext context = main.getCamelContext();
        Endpoint ask = context.getEndpoint("direct:ask");
        context.addRoutes(says("answer", ask, "one"));
        context.addRoutes(says("answer", ask, "two"));
        assertThat(context.getRoutes()).hasSize(1);
        assertThat(context.createProducerTemplate().requestBody("direct:ask", "", String.class))
                .isEqualTo("two");
        assertThat(context.removeRoute("answer")).isFalse();
        context.getRouteController().stopRoute("answer");
        assertThat(context.removeRoute("answer")).isTrue();
        assertThat(context.removeRoute("answer")).isFalse();
        assertThat(context.getRoutes()).isEmpty();
    }

    @Test
    void theOtherRoutesAreNotLookedAtForOneThatIsNew() throws Exception {
        CamelContext context = main.getCamelContext();
        AtomicInteger looks = new AtomicInteger();
        context.addRoutes(says("watched", new Watched(context.getComponent("direct"), looks), "one"));
        int before = looks.get();
        context.addRoutes(says("other", context.getEndpoint("direct:other"), "two"));
        assertThat(looks).hasValue(before);
        context.getRouteController().stopRoute("other");
        context.removeRoute("other");
        assertThat(looks.get()).isGreaterThan(before);
    }

    /** Counts who asks a route for its endpoint. */
    private static final class Watched extends DefaultEndpoint {
        private final AtomicInteger looks;

        Watched(Component component, AtomicInteger looks) {
            super("direct:watched", component);
            this.looks = looks;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("nobody sends to it");
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor) {
                @Override
                public Endpoint getEndpoint() {
                    looks.incrementAndGet();
                    return super.getEndpoint();
                }
            };
        }
    }
}
