package dev.caravan.store;

import org.jspecify.annotations.Nullable;

/** Text as both databases take it: PostgreSQL refuses the character 0 in any text. */
final class CleanText {
    private CleanText() {}

    static String of(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    static @Nullable String orNull(@Nullable String text) {
        return text == null ? null : of(text);
    }
}
