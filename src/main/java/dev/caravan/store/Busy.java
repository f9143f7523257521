package dev.caravan.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.sqlite.BusyHandler;

/**
 * Waits while another process writes into the file, and says so once the wait is longer than it usually is
 * (https://www.sqlite.org/c3ref/busy_handler.html). One a connection; called by whichever thread has that.
 */
final class Busy extends BusyHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final Consumer<String> teller;
    private long begun;
    private boolean told;

    /** @param name of the file, for people */
    Busy(String name, Consumer<String> teller) {
        this.name = name;
        this.teller = teller;
    }

    /**
     * Called each time the file is found busy.
     *
     * @param before how often it was called before in the same wait
     * @return 0 to give up, with SQLITE_BUSY
     */
    @Override
    protected int callback(int before) {
        if (before == 0) {
            begun = System.nanoTime();
            told = false;
        }
        long waited = System.nanoTime() - begun;
        if (waited > PATIENCE.toNanos() || Thread.currentThread().isInterrupted()) {
            return 0;
        }
        if (!told && waited > USUAL.toNanos()) {
            told = true;
            teller.accept("Another process is writing into " + name + ", which is waited for: up to "
                    + PATIENCE.toSeconds() + " s before the transaction is given up or tried again");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        return 1;
    }
}
