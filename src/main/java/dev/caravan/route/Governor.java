package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.source.Attempts;
import dev.caravan.source.dataverse.DataverseFaults;
import dev.caravan.target.sql.SqlLoad;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Decides whether a failed step is tried again, and how long to wait; the route carries it out. Safe for several threads. */
public final class Governor {
    /** The code of a call that a target refused for what it holds. */
    static final String BATCH_REFUSED = "BATCH_REFUSED";

    private static final String KEPT_BACK = "KEPT_BACK";
    private static final String ATTEMPTS = "attempts";
    private static final int MOST_AT_ONCE = 50;
    private static final int AT_FIRST = 10;

    /** Shorter waits for a source are a matter of course. */
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(4);

    private final Settings settings;
    private final Plans plans;
    private final Tokens tokens;
    private final Clock clock;
    private final Map<String, Concurrency> concurrency = new ConcurrentHashMap<>();
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();
    private final Notices notices = new Notices();

    private volatile Duration patience = ChronoUnit.FOREVER.getDuration();

    Governor(Settings settings, Plans plans, Tokens tokens, Clock clock) {
        this.settings = settings;
        this.plans = plans;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * How many requests may be under way.
     *
     * @param now so many
     * @param well how many were answered well since that changed
     * @param own whether what the source recommends counts no more: one was refused, or the settings say how many
     */
    private record Concurrency(int now, int well, boolean own) {
        /**
         * One more, once as many were answered well as may be under way; or as many as are recommended.
         */
        Concurrency answered(int recommended) {
            int most = Math.min(recommended, MOST_AT_ONCE);
            if (most > now && !own) {
                return new Concurrency(most, 0, false);
            }
            if (now >= MOST_AT_ONCE) {
                return this;
            }
            return well + 1 < now ? new Concurrency(now, well + 1, own) : new Concurrency(now + 1, 0, own);
        }

        Concurrency halved() {
            return new Concurrency(Math.max(1, now / 2), 0, true);
        }
    }

    /** How many requests a connector may have under way now. */
    public int concurrency(String connector) {
        return concurrency.computeIfAbsent(connector, this::configured).now();
    }

    private Concurrency configured(String connector) {
        OptionalInt set = settings.connector(connector)
                .map(ConnectorSettings::concurrency)
                .orElse(OptionalInt.empty());
        return new Concurrency(set.orElse(AT_FIRST), 0, set.isPresent());
    }

    /** How many milliseconds a request has to wait for its turn, which it takes. */
    public long turn(String connector) {
        return pace(connector).turn().toMillis();
    }

    private Pace pace(String connector) {
        return paces.computeIfAbsent(connector, name -> new Pace(System::nanoTime));
    }

    /** Keeps a request back that a connector would refuse, as it has said: a fault that asks to wait. */
    public void keepBack(String connector) {
        Duration held = pace(connector).held();
        if (!held.isZero()) {
            throw new CaravanException(
                    FaultKind.THROTTLED, KEPT_BACK, connector + ": it asks to wait", held.plusMillis(1), null);
        }
    }

    /** Whether a source is asked again; sets the delay. */
    public boolean askAgain(Exchange exchange) {
        CaravanException fault = Faults.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        RemoteRequest request = exchange.getProperty("request", RemoteRequest.class);
        if (request == null) {
            return false;
        }
        count(request, fault);
        if (mended(request, fault, exchange)) {
            return true;
        }
        if (fault.code().equals("TOKEN_REFUSED")) {
            tokens.forget(request.connector());
            if (!tokens.renewable(request.connector())) {
                return false;
            }
        }
        exchange.getMessage().setBody(request);
        Attempts.Budgets budgets =
                budgets(settings.connector(request.connector()).orElse(null));
        Optional<Duration> delay = again(exchange, fault, budgets);
        String who = request.run().isEmpty()
                ? request.connector()
                : plans.of(request.run()).entity().name();
        delay.filter(wait -> wait.compareTo(WORTH_A_LINE) >= 0)
                .ifPresent(wait -> notices.waits(request.connector(), who, fault, wait, budgets.of(fault)));
        return delay.isPresent();
    }

    /** Whether records are sent again as they are: only where they were surely not taken. Sets the delay. */
    public boolean sendAgain(Exchange exchange) {
        CaravanException fault = Faults.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        boolean notTaken = fault.kind() == FaultKind.THROTTLED || fault.code().equals("TOKEN_REFUSED");
        return notTaken && askAgain(exchange);
    }

    private void count(RemoteRequest request, CaravanException fault) {
        if (fault.code().equals(KEPT_BACK)) {
            return;
        }
        if (fault.kind() == FaultKind.THROTTLED) {
            slowDown(request.connector(), fault);
        }
        if (request.run().isEmpty()) {
            return;
        }
        RunPlan plan = plans.of(request.run());
        plan.retries().incrementAndGet();
        if (fault.kind() == FaultKind.THROTTLED) {
            plan.throttles().incrementAndGet();
        }
    }

    /** Whether the run asks for something else instead; then at once. */
    private boolean mended(RemoteRequest request, CaravanException fault, Exchange exchange) {
        if (request.run().isEmpty()
                || !request.isNextPage()
                || !plans.of(request.run()).feed().mend(fault)) {
            return false;
        }
        exchange.getMessage().setBody(request);
        exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, 0L);
        return true;
    }

    /** Many refusals at once, of what was under way, are one. */
    private void slowDown(String connector, CaravanException fault) {
        boolean forNumber = fault.code().equals(DataverseFaults.RATE);
        if (pace(connector).refused(fault.retryAfter().orElse(Duration.ZERO), forNumber)) {
            concurrency.compute(connector, (name, now) -> (now == null ? configured(name) : now).halved());
        }
    }

    /** Notes that a connector answered well: it may have one more request under way, now and then. */
    void answered(String connector) {
        answered(connector, 0);
    }

    /**
     * The same for a connector that says how many requests may be under way.
     *
     * @param recommended so many; 0 where it does not say
     */
    void answered(String connector, int recommended) {
        pace(connector).answered();
        concurrency.compute(connector, (name, now) -> (now == null ? configured(name) : now).answered(recommended));
    }

    /** Whether storing is tried again; sets the delay. */
    public boolean storeAgain(Exchange exchange) {
        CaravanException fault = Faults.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (fault.kind() != FaultKind.TRANSIENT) {
            return false;
        }
        RunPlan plan = planOf(exchange);
        Attempts.Budgets budgets = budgets(plan == null ? null : plan.connector());
        Optional<Duration> delay = again(exchange, fault, budgets);
        String who = plan == null ? "Caravan" : plan.entity().name();
        String subject = plan == null ? "" : plan.target() + plan.database().suffix();
        delay.ifPresent(wait -> notices.waits(subject, who, fault, wait, budgets.of(fault)));
        return delay.isPresent();
    }

    private @Nullable RunPlan planOf(Exchange exchange) {
        PageBatch batch = exchange.getProperty("pages", PageBatch.class);
        String run = batch == null ? exchange.getProperty("run", String.class) : batch.run();
        return run == null ? null : plans.of(run);
    }

    /** The delay before another try, which the exchange carries; empty if there is none. */
    private Optional<Duration> again(Exchange exchange, CaravanException fault, Attempts.Budgets budgets) {
        Attempts before = exchange.getProperty(ATTEMPTS, Attempts.class);
        Attempts start = before == null ? Attempts.none(clock.instant()) : before;
        Attempts now = start.after(
                fault, clock.instant(), budgets, ThreadLocalRandom.current().nextDouble());
        exchange.setProperty(ATTEMPTS, now);
        now.delay().ifPresent(delay -> exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, delay.toMillis()));
        return now.delay();
    }

    private Attempts.Budgets budgets(@Nullable ConnectorSettings connector) {
        return connector == null
                ? new Attempts.Budgets(Duration.ofMinutes(2), Duration.ofMinutes(10))
                : new Attempts.Budgets(atMost(connector.retryTimeBudget()), atMost(connector.throttleTimeBudget()));
    }

    private Duration atMost(Duration budget) {
        return budget.compareTo(patience) > 0 ? patience : budget;
    }

    /** From now on nothing is waited for longer than this: somebody sits before the answer. */
    void hurry(Duration most) {
        patience = most;
    }

    /** Whether the target refused rows for their data. */
    public boolean isBadData(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        return failure != null
                && (SqlLoad.isBadData(failure) || Faults.of(failure).code().equals(BATCH_REFUSED));
    }
}
