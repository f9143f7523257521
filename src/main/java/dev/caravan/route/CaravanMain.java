package dev.caravan.route;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;

/** Camel's own Main, whose context adds the n-th route without a look at all that are there. */
final class CaravanMain extends Main {
    /**
     * Camel 4.18 removes a route before it adds one, whether there is one of its name or not, and for that gathers the
     * endpoints of all routes (AbstractCamelContext.removeRoute).
     */
    @Override
    protected CamelContext createCamelContext() {
        DefaultCamelContext context = new DefaultCamelContext(false) {
            @Override
            public boolean removeRoute(String routeId) throws Exception {
                return isThere(routeId) && super.removeRoute(routeId);
            }

            /** By the routes, which are looked at under their lock; one that failed to start is none of them. */
            private boolean isThere(String routeId) {
                return getRoute(routeId) != null || getRouteStatus(routeId) != null;
            }
        };
        context.getCamelContextExtension().setRegistry(registry);
        context.getGlobalOptions().put("CamelMainClass", Main.class.getName());
        return context;
    }
}
