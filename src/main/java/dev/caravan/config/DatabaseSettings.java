package dev.caravan.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One database.
 *
 * @param url {@code jdbc:sqlite:FILE}, the file made absolute, or {@code jdbc:postgresql://…}; may hold a password, so
 *     {@link #shownUrl()} is what is shown
 */
public record DatabaseSettings(
        String url, @Nullable String user, @Nullable Secret secret) {
    private static final Pattern PASSWORD = Pattern.compile("(?i)((?:ssl)?password=)[^&]*");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

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

    /** The URL without a password. */
    public String shownUrl() {
        String masked = PASSWORD.matcher(url).replaceAll("$1****");
        return USER_INFO.matcher(masked).replaceAll("//****@");
    }

    @Override
    public String toString() {
        return shownUrl();
    }
}
