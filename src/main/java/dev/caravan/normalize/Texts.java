package dev.caravan.normalize;

import org.jspecify.annotations.Nullable;

/** Layer 2: trimmed, without control characters, line ends as LF, runs of blanks as one, empty as null. Stateless. */
final class Texts {
    private Texts() {}

    /** The same string where nothing is to be done. */
    static @Nullable String clean(String text) {
        int length = text.length();
        if (length == 0) {
            return null;
        }
        boolean blankBefore = true;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f) {
                blankBefore = false;
                continue;
            }
            boolean blank = isBlank(c);
            if (blank && blankBefore || isRemoved(c) || c == '\n' || c == '\t' || c == '\u2028') {
                return rewrite(text);
            }
            blankBefore = blank;
        }
        return blankBefore ? rewrite(text) : text;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u00a0';
    }

    private static boolean isRemoved(char c) {
        return c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c <= 0x9f || isNonCharacter(c);
    }

    private static boolean isNonCharacter(char c) {
        return c == '\ufeff' || c == '\uffff' || c == '\ufffe';
    }

    private static @Nullable String rewrite(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                out.append('\n');
                continue;
            }
            if (isRemoved(c)) {
                continue;
            }
            char last = out.length() == 0 ? 0 : out.charAt(out.length() - 1);
            if (!isBlank(c)) {
                out.append(c);
            } else if (last != ' ') {
                out.append(' ');
            }
        }
        int start = 0;
        int end = out.length();
        while (start < end && Character.isWhitespace(out.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(out.charAt(end - 1))) {
            end--;
        }
        return start == end ? null : out.substring(start, end);
    }
}
