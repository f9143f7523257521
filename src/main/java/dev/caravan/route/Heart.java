package dev.caravan.route;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Gives signs of life of the locks that this process holds: another host takes one over that was silent for a minute. */
final class Heart implements AutoCloseable {
    private static final int BEAT_SECONDS = 15;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(beat -> {
        Thread made = new Thread(beat, "caravan-heartbeat");
        made.setDaemon(true);
        return made;
    });
    private final Future<?> beating;

    /** Begins to beat. */
    Heart(TargetDatabases databases) {
        this.beating = thread.scheduleWithFixedDelay(
                () -> databases
                        .all()
                        .forEach(database ->
                                Tidy.quietly(() -> database.stores().locks().heartbeatAll())),
                BEAT_SECONDS,
                BEAT_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        beating.cancel(false);
        thread.shutdownNow();
    }
}
