package dev.caravan.sandbox.dataverse;

import java.time.Duration;

/** How the sandbox behaves where real environments differ. Thread-safe; each change acts on the next request. */
public final class Switches {
    private volatile Duration latency = Duration.ZERO;
    private volatile Duration tokenLifetime = Duration.ofSeconds(3599);
    private volatile Duration trackingExpiry = Duration.ofDays(7);
    private volatile int expiredStatus = 400;
    private volatile boolean gzip = true;
    private volatile boolean inFunction = true;
    private volatile boolean definitions = true;
    private volatile boolean privileges = true;
    private volatile boolean deltaLinks = true;
    private volatile boolean bareNoChanges;
    private volatile boolean repeatedTies;
    private volatile Challenge challenge = Challenge.WITH_RESOURCE;
    private volatile ServiceLimits limits = ServiceLimits.defaults();

    Switches() {}

    /** How long every answer of the environment takes at least; nothing by default. */
    public Switches latency(Duration time) {
        latency = time;
        return this;
    }

    /** How long tokens are good for that are given out from now on; 3599 s by default. */
    public Switches tokenLifetime(Duration time) {
        tokenLifetime = time;
        return this;
    }

    /** How old a delta link may be; 7 days by default. */
    public Switches trackingExpiry(Duration time) {
        trackingExpiry = time;
        return this;
    }

    /** The status for a delta link that has expired, beside its code 0x80044352; 400 by default. */
    public Switches expiredStatus(int status) {
        expiredStatus = status;
        return this;
    }

    /** Whether answers are compressed for those who accept it; on by default. */
    public Switches gzip(boolean on) {
        gzip = on;
        return this;
    }

    /** Whether the function {@code Microsoft.Dynamics.CRM.In} is understood; on by default. */
    public Switches inFunction(boolean on) {
        inFunction = on;
        return this;
    }

    /** Whether {@code EntityDefinitions} may be read, else 403; on by default. */
    public Switches definitions(boolean on) {
        definitions = on;
        return this;
    }

    /** Whether it may be asked who may read secured columns, else 403; on by default. */
    public Switches privileges(boolean on) {
        privileges = on;
        return this;
    }

    /** Whether the last page of tracked rows has its delta link; on by default. */
    public Switches deltaLinks(boolean on) {
        deltaLinks = on;
        return this;
    }

    /** Whether a delta link without any change is answered {@code {}}; off by default. */
    public Switches bareNoChanges(boolean on) {
        bareNoChanges = on;
        return this;
    }

    /**
     * Whether a page sorted by columns that are not unique begins with the last row of the page before, as pages may
     * overlap then; off by default.
     */
    public Switches repeatedTies(boolean on) {
        repeatedTies = on;
        return this;
    }

    /** What an unauthenticated call is told. */
    public Switches challenge(Challenge kind) {
        challenge = kind;
        return this;
    }

    /** What a user may ask; the documented limits by default. */
    public Switches limits(ServiceLimits newLimits) {
        limits = newLimits;
        return this;
    }

    Duration latency() {
        return latency;
    }

    Duration tokenLifetime() {
        return tokenLifetime;
    }

    Duration trackingExpiry() {
        return trackingExpiry;
    }

    int expiredStatus() {
        return expiredStatus;
    }

    boolean gzip() {
        return gzip;
    }

    boolean inFunction() {
        return inFunction;
    }

    boolean definitions() {
        return definitions;
    }

    boolean privileges() {
        return privileges;
    }

    boolean deltaLinks() {
        return deltaLinks;
    }

    boolean bareNoChanges() {
        return bareNoChanges;
    }

    boolean repeatedTies() {
        return repeatedTies;
    }

    Challenge challenge() {
        return challenge;
    }

    ServiceLimits limits() {
        return limits;
    }
}
