package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import java.util.List;
import java.util.StringJoiner;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.model.Model;
import org.jspecify.annotations.Nullable;

/** Asks a source outside of a run, by its discovery route. Usable once Camel is started; safe for several threads. */
final class Caller {
    private volatile @Nullable ProducerTemplate producer;

    void use(ProducerTemplate template) {
        this.producer = template;
    }

    /** What routes do, as one text: another one once an operator has rewired them. */
    String picture(List<String> routes) {
        ProducerTemplate template = producer;
        if (template == null) {
            throw new IllegalStateException("The routes are not started yet");
        }
        Model model = template.getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
        StringJoiner picture = new StringJoiner("\n");
        routes.forEach(route -> picture.add(String.valueOf(model.getRouteDefinition(route))));
        return picture.toString();
    }

    /**
     * The answer to one request.
     *
     * @throws CaravanException whatever the route gave up with
     */
    <T> T ask(RemoteRequest request, Class<T> answer) {
        ProducerTemplate template = producer;
        if (template == null) {
            throw new IllegalStateException("No way to ask " + request.connector() + " yet");
        }
        try {
            return template.requestBody("direct:discover-" + request.source(), request, answer);
        } catch (CamelExecutionException failed) {
            throw Faults.of(failed.getCause());
        }
    }
}
