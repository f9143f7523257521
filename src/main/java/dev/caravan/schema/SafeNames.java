package dev.caravan.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names from remote metadata made safe for both databases. They are always quoted besides.
 *
 * <p>The limit of 63 bytes is PostgreSQL's (NAMEDATALEN - 1). Stateless.
 */
public final class SafeNames {
    private static final int MOST_BYTES = 63;
    private static final int SUFFIX_BYTES = 9;

    private SafeNames() {}

    /** A table's name: lower case letters, digits and underscores. */
    public static String table(String slug) {
        String plain =
                slug.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        if (plain.isEmpty()) {
            return "t_" + hash(slug);
        }
        return cut(Character.isDigit(plain.charAt(0)) ? "t_" + plain : plain);
    }

    /**
     * Names of columns, in the order given: as the source writes them, without control characters, short enough, none
     * like another or like one of ours.
     */
    public static List<String> columns(List<String> names) {
        Set<String> taken = new HashSet<>();
        List<String> safe = new ArrayList<>(names.size());
        for (String name : names) {
            String plain = cut(printable(name));
            String unique = plain;
            boolean ours = plain.toLowerCase(Locale.ROOT).startsWith("_bridge_");
            if (ours || !taken.add(fold(plain))) {
                unique = shorten(plain, MOST_BYTES - SUFFIX_BYTES) + "_" + hash(name + "#" + safe.size());
                taken.add(fold(unique));
            }
            safe.add(unique);
        }
        return safe;
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String printable(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.codePoints()
                .filter(c ->
                        !Character.isISOControl(c) && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                .forEach(text::appendCodePoint);
        String printable = text.toString().strip();
        return printable.isEmpty() ? "column_" + hash(name) : printable;
    }

    private static String cut(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
            return name;
        }
        return shorten(name, MOST_BYTES - SUFFIX_BYTES) + "_" + hash(name);
    }

    private static String shorten(String name, int mostBytes) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int point = name.codePointAt(end);
            int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes + size > mostBytes) {
                break;
            }
            bytes += size;
            end += Character.charCount(point);
        }
        return name.substring(0, end);
    }

    private static String hash(String name) {
        return String.format(Locale.ROOT, "%08x", name.hashCode());
    }
}
