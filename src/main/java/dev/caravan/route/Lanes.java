package dev.caravan.route;

import dev.caravan.model.Page;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The lanes on which pages travel, and the bytes in flight on them. Safe for several threads.
 *
 * <p>All runs share one budget in equal parts; a run that has used up its part, or has two transactions' rows under way,
 * waits before it fetches more.
 */
public final class Lanes {
    private static final int MOST_ROWS = 10_000;

    private final long memory;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final Map<String, Flight> flights = new HashMap<>();

    /**
     * No lanes yet, and nothing in flight.
     *
     * @param memory bytes in flight, all runs together
     */
    Lanes(long memory) {
        this.memory = memory;
    }

    /** Adds a lane that runs may take. */
    synchronized void open(int lane) {
        free.add(lane);
        notifyAll();
    }

    /** Gives a run a lane; waits for one if none is free. */
    synchronized int begin(String run) throws InterruptedException {
        while (free.isEmpty()) {
            wait();
        }
        int lane = free.remove();
        flights.put(run, new Flight(lane));
        return lane;
    }

    /** Takes the lane of a run back. */
    synchronized void end(String run) {
        Flight flight = flights.remove(run);
        if (flight != null) {
            free.add(flight.lane);
            notifyAll();
        }
    }

    /** Waits until the run may have more bytes in flight; throws what broke it off. */
    public synchronized void reserve(SourceRequest request) throws Exception {
        Flight flight = flight(request.run());
        while (flight.broken == null && isFull(flight)) {
            wait();
        }
        flight.check();
    }

    /** A group being stored and one that gathers are enough: rows that wait longer only make the collector work. */
    private boolean isFull(Flight flight) {
        return flight.bytes > memory / Math.max(1, flights.size()) || flight.rows >= 2 * MOST_ROWS;
    }

    /** Counts a page that was fetched. */
    synchronized void fetched(Page page) {
        Flight flight = flight(page.run());
        flight.bytes += page.bytes();
        flight.pages++;
        flight.rows += page.fetched();
    }

    /** Whether the run of a page is still under way, and nothing has broken it off. */
    public synchronized boolean goesOn(Exchange exchange) {
        Flight flight = flights.get(exchange.getMessage().getBody(Page.class).run());
        return flight != null && flight.broken == null;
    }

    /** Counts a page that went through its stages; one that travels on no lane is passed over. */
    public synchronized void enriched(Page page) {
        Flight flight = flights.get(page.run());
        if (flight != null) {
            flight.enriched++;
        }
    }

    synchronized void arrived(String run) {
        flight(run).arrived++;
    }

    /** Whether pages that wait are to be stored now: enough of them, or none behind them. */
    public synchronized boolean complete(Exchange exchange) {
        PageBatch batch = exchange.getMessage().getBody(PageBatch.class);
        Flight flight = flights.get(batch.run());
        return flight == null || flight.enriched <= flight.arrived || batch.rows() >= MOST_ROWS;
    }

    /** Takes stored pages out of the bytes in flight. */
    public synchronized void landed(Exchange exchange) {
        PageBatch batch = exchange.getProperty("pages", PageBatch.class);
        Flight flight = flights.get(batch.run());
        if (flight == null) {
            return;
        }
        for (Page page : batch.pages()) {
            flight.bytes -= page.bytes();
            flight.pages--;
            flight.rows -= page.fetched();
        }
        notifyAll();
    }

    /** Tells the run that a lane has in hand that one of its pages could not be enriched or stored. */
    public synchronized void breakOff(Exchange exchange) {
        String run = exchange.getVariable("run", String.class);
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Flight flight = flights.get(run);
        if (flight != null && flight.broken == null) {
            flight.broken = cause;
        }
        notifyAll();
    }

    /** Waits until no page of the run is under way any more, so that all that was fetched before a failure is stored. */
    synchronized void comeToRest(String run) throws InterruptedException {
        Flight flight = flights.get(run);
        while (flight != null && flight.broken == null && flight.pages > 0) {
            wait();
        }
    }

    /** Waits until all pages of the run are stored; throws what broke it off. */
    public synchronized void drain(Exchange exchange) throws Exception {
        Flight flight = flight(exchange.getProperty("run", String.class));
        while (flight.broken == null && flight.pages > 0) {
            wait();
        }
        flight.check();
    }

    private Flight flight(String run) {
        Flight flight = flights.get(run);
        if (flight == null) {
            throw new IllegalStateException("No run is under way as " + run);
        }
        return flight;
    }

    /** What one run has in flight. */
    private static final class Flight {
        private final int lane;
        private long bytes;
        private int pages;
        private long rows;
        private int enriched;
        private int arrived;
        private @Nullable Exception broken;

        Flight(int lane) {
            this.lane = lane;
        }

        void check() throws Exception {
            if (broken != null) {
                throw broken;
            }
        }
    }
}
