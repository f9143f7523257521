package dev.caravan.sandbox.dataverse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens that were given out, and to whom. Thread-safe. */
final class AccessTokens {
    private static final String BEARER = "Bearer ";

    private final InstantSource clock;
    private final Map<String, Grant> grants = new HashMap<>();
    private int issued;

    private record Grant(String client, Instant expiry) {}

    AccessTokens(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes a token of the caller's own making, for good. */
    synchronized void accept(String token, String client) {
        grants.put(token, new Grant(client, Instant.MAX));
    }

    synchronized String issue(String client, Duration lifetime) {
        issued++;
        String token = "sandbox." + issued + "." + Guids.random(issued);
        grants.put(token, new Grant(client, clock.instant().plus(lifetime)));
        return token;
    }

    /** How many were given out. */
    synchronized int issued() {
        return issued;
    }

    /** Ends all but those that are good for ever. */
    synchronized void revokeAll() {
        grants.values().removeIf(grant -> !grant.expiry().equals(Instant.MAX));
    }

    /** Whose token an {@code Authorization} header carries; empty where it is not good now. */
    synchronized Optional<String> client(String authorization) {
        if (!authorization.startsWith(BEARER)) {
            return Optional.empty();
        }
        return Optional.ofNullable(grants.get(authorization.substring(BEARER.length())))
                .filter(grant -> clock.instant().isBefore(grant.expiry()))
                .map(Grant::client);
    }
}
