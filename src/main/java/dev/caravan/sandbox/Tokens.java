package dev.caravan.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who may log in, and the tokens given out. Thread-safe. */
final class Tokens {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final InstantSource clock;
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, Instant> expiries = new HashMap<>();
    private long issued;

    Tokens(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void addUser(String name, String password) {
        passwords.put(name, password);
    }

    /** Takes a token of the caller's own making, for good. */
    synchronized void accept(String token) {
        expiries.put(token, Instant.MAX);
    }

    /** Ends all but those that are good for ever. */
    synchronized void expireAll() {
        expiries.values().removeIf(expiry -> !expiry.equals(Instant.MAX));
    }

    /** A new token; empty where name and password do not go together. */
    synchronized Optional<String> login(String name, String password, Duration lifetime) {
        if (!password.equals(passwords.get(name))) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Instant expiry = now.plus(lifetime);
        issued++;
        String header = part(Json.of(Map.of("alg", "HS256")));
        String claims = part(Json.of(SandboxRow.values(
                "sub", name, "iat", now.getEpochSecond(), "exp", expiry.getEpochSecond(), "jti", issued)));
        String token = header + "." + claims + "." + part("signature of sandbox token " + issued);
        expiries.put(token, expiry);
        return Optional.of(token);
    }

    /** Whether an {@code Authorization} header carries a token that is good now. */
    synchronized boolean admits(String authorization) {
        if (!authorization.startsWith("Bearer ")) {
            return false;
        }
        Instant expiry = expiries.get(authorization.substring("Bearer ".length()));
        return expiry != null && clock.instant().isBefore(expiry);
    }

    private static String part(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
