package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Page;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The lanes on which pages travel, and the bytes in flight on them. Safe for several threads.
 *
 * <p>All runs share one budget, those in equal parts that have something in flight; a run that has used up its part, or
 * has two transactions' rows under way, waits before it fetches more. Where a source's pages are large, room for an answer
 * is taken before it is read, in the order in which the answers came: then fewer runs read at once, not less each. Meanwhile
 * as many bytes are asked for as may be in flight, so that no source is waited for while there is room.
 */
public final class Lanes {
    private static final int MOST_ROWS = 10_000;

    private final long memory;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final Map<String, Flight> flights = new HashMap<>();
    private final ArrayDeque<Flight> asking = new ArrayDeque<>();
    private final ArrayDeque<Flight> waiting = new ArrayDeque<>();
    private boolean closed;
    private @Nullable Flight beyond;

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
        while (free.isEmpty() && !closed) {
            wait();
        }
        if (closed) {
            throw new CaravanException(FaultKind.TRANSIENT, "STOPPED", "No run begins: Caravan is being stopped");
        }
        int lane = free.remove();
        flights.put(run, new Flight(lane));
        return lane;
    }

    /** Closes the lanes for good while nothing travels on them; false where something does. */
    synchronized boolean close() {
        closed = flights.isEmpty();
        notifyAll();
        return closed;
    }

    /** Takes the lane of a run back. */
    synchronized void end(String run) {
        Flight flight = flights.remove(run);
        if (flight != null) {
            free.add(flight.lane);
            settle(flight);
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
        if (flight.bytes == 0 || flight.asks || flight.rows >= 2 * MOST_ROWS) {
            return flight.bytes > 0 && flight.rows >= 2 * MOST_ROWS;
        }
        long holders = flights.values().stream().filter(each -> each.bytes > 0).count();
        return flight.bytes > memory / holders || inFlight() > memory;
    }

    private long inFlight() {
        return flights.values().stream()
                .mapToLong(flight -> flight.bytes + flight.expected)
                .sum();
    }

    /**
     * Waits until an answer may be asked for; throws what broke the run off. What was asked for waits in its connection, not
     * in memory, until there is room for it: {@link #expect}. Who waits first is served first.
     *
     * @param bytes what the answer will weigh in memory, about
     */
    synchronized void ask(String run, long bytes) throws Exception {
        Flight flight = flight(run);
        flight.asks = true;
        await(flight, asking, () -> mayAsk(flight, bytes));
        flight.asked = bytes;
    }

    private boolean mayAsk(Flight flight, long bytes) {
        long others = flights.values().stream().mapToLong(each -> each.asked).sum() - flight.asked;
        return others == 0 || others + bytes <= memory;
    }

    /**
     * Waits until there is room for an answer, and takes it; throws what broke the run off. Who waits first is served
     * first. An answer larger than all there is gets its turn when nothing else is in flight.
     *
     * @param bytes what the answer will weigh in memory, about
     */
    synchronized void expect(String run, long bytes) throws Exception {
        Flight flight = flight(run);
        await(flight, waiting, () -> fits(flight, bytes));
        flight.asked = 0;
        flight.expected = bytes;
    }

    /** Waits in a queue until a run is its first one and may go on. */
    private void await(Flight flight, ArrayDeque<Flight> queue, BooleanSupplier may) throws Exception {
        queue.add(flight);
        try {
            while (flight.broken == null && (queue.peek() != flight || !may.getAsBoolean())) {
                wait();
            }
            flight.check();
        } finally {
            queue.remove(flight);
            notifyAll();
        }
    }

    private boolean fits(Flight flight, long bytes) {
        long others = inFlight() - flight.expected;
        return others == 0 || others + bytes <= memory;
    }

    /**
     * Takes more room for an answer that is larger than was expected. Waits for it, but one run at a time may go beyond
     * what there is, so that those that wait in the middle of their answers do not wait for each other.
     *
     * @param bytes what the answer weighs, with what was expected before
     */
    synchronized void grow(String run, long bytes) throws InterruptedException {
        Flight flight = flight(run);
        while (flight.broken == null && beyond != null && beyond != flight && !fits(flight, bytes)) {
            wait();
        }
        if (!fits(flight, bytes)) {
            beyond = flight;
        }
        flight.expected = Math.max(flight.expected, bytes);
    }

    /** Gives the room for an answer back that did not come. */
    synchronized void forgo(String run) {
        Flight flight = flights.get(run);
        if (flight != null && flight.expected + flight.asked > 0) {
            flight.asked = 0;
            flight.expected = 0;
            settle(flight);
        }
    }

    /** Lets others on after something has left the bytes in flight. */
    private void settle(Flight flight) {
        if (beyond != null && (inFlight() <= memory || beyond == flight && flight.isEmpty())) {
            beyond = null;
        }
        notifyAll();
    }

    /** Counts a page that was fetched. */
    synchronized void fetched(Page page) {
        Flight flight = flight(page.run());
        flight.expected = 0;
        flight.bytes += page.bytes();
        flight.pages++;
        flight.rows += page.fetched();
    }

    /** Whether the run of a page is still under way, and nothing has broken it off. */
    public synchronized boolean goesOn(Exchange exchange) {
        Flight flight = flights.get(exchange.getMessage().getBody(Page.class).run());
        return flight != null && flight.broken == null;
    }

    /** Whether pages that were gathered to be stored are still of use: nothing has broken their run off. */
    public synchronized boolean isWanted(Exchange exchange) {
        Flight flight =
                flights.get(exchange.getMessage().getBody(PageBatch.class).run());
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
        settle(flight);
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
}
