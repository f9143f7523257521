package dev.caravan.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One database.
 *
 * @param url {@code jdbc:sqlite:FILE}, the file made absolute, or {@code jdbc:postgresql://…}
 */
public record DatabaseSettings(
        String url, @Nullable String user, @Nullable Secret secret) {
    /** Whether it is a SQLite file. */
    public boolean isSqlite() {
        return url.startsWith("jdbc:sqlite:");
    }

    /** The user to log in as. */
    public Optional<String> username() {
        return Optional.ofNullable(user);
    }

    /** The password. */
    public Optional<Secret> password() {
        return Optional.ofNullable(secret);
    }
}
