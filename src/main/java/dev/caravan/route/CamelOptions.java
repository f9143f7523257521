package dev.caravan.route;

import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Camel is started with, by the names of its own options. What the configuration passes on comes after it. */
final class CamelOptions {
    private CamelOptions() {}

    /**
     * The options for the routes in the settings' folder.
     *
     * @param serves whether schedules are wanted, and JMX; making both ready takes a third of a second
     * @throws IOException if the folder is not there
     */
    static Map<String, String> of(Settings settings, boolean serves) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("camel.main.name", "caravan");
        options.put("camel.main.basePackageScanEnabled", "false");
        options.put("camel.main.routesIncludePattern", "file:" + routes(settings) + "/**/*.yaml");
        options.put("camel.main.streamCachingEnabled", "false");
        options.put("camel.main.uuidGenerator", "simple");
        options.put("camel.main.shutdownTimeout", "30");
        options.put("camel.main.shutdownLogInflightExchangesOnTimeout", "false");
        options.put("camel.main.jmxManagementStatisticsLevel", "RoutesOnly");
        options.put("camel.main.jmxManagementMBeansLevel", "RoutesOnly");
        options.put("camel.component.http.automaticRetriesDisabled", "true");
        options.put("camel.component.https.automaticRetriesDisabled", "true");
        if (serves) {
            options.put("camel.component.quartz.autoStartScheduler", "false");
            options.put(
                    "camel.component.quartz.properties[org.quartz.threadPool.threadCount]",
                    Integer.toString(settings.workers()));
        } else {
            options.put("camel.main.jmxEnabled", "false");
        }
        return options;
    }

    /** The folder itself, for Camel looks behind no symbolic link. */
    private static Path routes(Settings settings) throws IOException {
        if (!Files.isDirectory(settings.routes())) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "ROUTES_MISSING",
                    "There is no folder of routes at " + settings.routes()
                            + ", where it is looked for since caravan.routes is not set and there is none beside the"
                            + " configuration; put the routes that come with Caravan there, or set caravan.routes to"
                            + " their folder");
        }
        return settings.routes().toRealPath();
    }
}
