package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Syncs on schedule until it is told to stop. */
@Command(name = "serve", description = "Sync on schedule until stopped.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private final Shared shared = new Shared();

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = shared.settings();
        Logging.configure(settings.log());
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            try {
                closed.await();
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
        }));
        try (Engine engine = Engine.start(settings, Clock.systemUTC())) {
            settings.connectors().forEach(engine::discover);
            List<EntityRecord> entities = engine.stores().entities().all().stream()
                    .filter(EntityRecord::enabled)
                    .toList();
            engine.schedule(entities, outcome -> LOG.info(OutcomeText.line(outcome, 1)));
            LOG.info("serving {} entities", entities.size());
            stopped.await();
            LOG.info("stopping");
        } finally {
            closed.countDown();
        }
        return ExitCode.OK.code();
    }
}
