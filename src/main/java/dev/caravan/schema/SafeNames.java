package dev.caravan.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
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
    /** PostgreSQL has these in every table (https://www.postgresql.org/docs/17/ddl-system-columns.html). */
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private SafeNames() {}

    /** A table's name: lower case letters, digits and underscores; none that begins like one of a database's or ours. */
    public static String table(String slug) {
        String plain =
                slug.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        if (plain.isEmpty()) {
            return "t_" + hash(slug);
        }
        boolean odd = Character.isDigit(plain.charAt(0)) || plain.startsWith("sqlite_") || plain.startsWith("caravan_");
        return cut(odd ? "t_" + plain : plain);
    }

    /** The same with something before it, {@code erp_}; the whole is cut to what both databases take. */
    public static String table(String prefix, String slug) {
        return cut(prefix + table(slug));
    }

    /** A name of an index or the like that holds a table's: cut to what both databases take, never like another. */
    public static String about(String table, String prefix) {
        return cut(prefix + table);
    }

    /** The name of a table beside another one, {@code items_history}: cut to what both databases take, before its end. */
    public static String beside(String table, String end) {
        if (bytes(table + end) <= MOST_BYTES) {
            return table + end;
        }
        return shorten(table, MOST_BYTES - SUFFIX_BYTES - bytes(end)) + "_" + hash(table) + end;
    }

    /**
     * Names of columns, in the order given: as the source writes them, without control characters, short enough, none
     * like another, whatever the case, or like one of ours. A name that is safe as it is keeps it, wherever it stands;
     * of several that differ only by case the first does.
     */
    public static List<String> columns(List<String> names) {
        return columns(names, Set.of());
    }

    /** The same, none like one of some names in lower case, which the table has besides. */
    public static List<String> columns(List<String> names, Set<String> besides) {
        Set<String> taken = new HashSet<>(besides);
        boolean[] kept = new boolean[names.size()];
        for (int i = 0; i < kept.length; i++) {
            String name = names.get(i);
            kept[i] = name.equals(cut(printable(name))) && !isReserved(name) && taken.add(fold(name));
        }
        List<String> safe = new ArrayList<>(names.size());
        for (int i = 0; i < kept.length; i++) {
            safe.add(kept[i] ? names.get(i) : made(names.get(i), taken));
        }
        return safe;
    }

    private static String made(String name, Set<String> taken) {
        String plain = cut(printable(name));
        if (!isReserved(plain) && taken.add(fold(plain))) {
            return plain;
        }
        String stem = shorten(plain, MOST_BYTES - SUFFIX_BYTES);
        String unique = stem + "_" + hash(name);
        for (int i = 2; !taken.add(fold(unique)); i++) {
            unique = stem + "_" + hash(name + "#" + i);
        }
        return unique;
    }

    private static boolean isReserved(String name) {
        return fold(name).startsWith("_bridge_") || SYSTEM_COLUMNS.contains(name);
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

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String cut(String name) {
        if (bytes(name) <= MOST_BYTES) {
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

    /** Eight hexadecimal digits that stay the same on every machine. */
    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
