package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** Asks a source outside of a run, by its discovery route. Usable once Camel is started; safe for several threads. */
final class Caller {
    private volatile @Nullable ProducerTemplate producer;

    void use(ProducerTemplate template) {
        this.producer = template;
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
