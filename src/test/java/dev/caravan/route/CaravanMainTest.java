package dev.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.junit.jupiter.api.Test;

final class CaravanMainTest {
    private static RouteBuilder says(String word) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").routeId("answer").setBody(constant(word));
            }
        };
    }

    @Test
    void aRouteThatIsAddedAgainReplacesTheOneOfItsNameAndAStoppedOneCanBeRemoved() throws Exception {
        CaravanMain main = new CaravanMain();
        try {
            main.setShutdownStrategy(new SimpleMainShutdownStrategy());
            main.start();
            CamelContext context = main.getCamelContext();
            context.addRoutes(says("one"));
            context.addRoutes(says("two"));
            assertThat(context.getRoutes()).hasSize(1);
            assertThat(context.createProducerTemplate().requestBody("direct:ask", "", String.class))
                    .isEqualTo("two");
            assertThat(context.removeRoute("answer")).isFalse();
            context.getRouteController().stopRoute("answer");
            assertThat(context.removeRoute("answer")).isTrue();
            assertThat(context.removeRoute("answer")).isFalse();
            assertThat(context.getRoutes()).isEmpty();
        } finally {
            main.stop();
        }
    }
}
