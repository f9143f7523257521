package dev.caravan.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows under headings, for people and for programs. Numbers stand to the right. Not safe for several threads. */
final class Table {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String GAP = "  ";

    private final List<String> keys;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /** @param keys names of the columns as JSON has them; headings are made from them, {@code last_sync} to LAST SYNC */
    Table(String... keys) {
        this.keys = List.of(keys);
    }

    Table row(@Nullable Object... values) {
        if (values.length != keys.size()) {
            throw new IllegalArgumentException(values.length + " values for " + keys);
        }
        rows.add(values);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** One map a row. */
    List<Map<String, @Nullable Object>> data() {
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < row.length; i++) {
                map.put(keys.get(i), row[i]);
            }
            data.add(map);
        }
        return data;
    }

    /** Aligned text, a line each, the headings first; columns that are empty in every row are left out. */
    List<String> lines(ZoneId zone) {
        List<String[]> cells = new ArrayList<>();
        cells.add(keys.stream()
                .map(key -> key.toUpperCase(Locale.ROOT).replace('_', ' '))
                .toArray(String[]::new));
        for (@Nullable Object[] row : rows) {
            cells.add(Arrays.stream(row).map(value -> text(value, zone)).toArray(String[]::new));
        }
        List<StringBuilder> lines = new ArrayList<>();
        cells.forEach(row -> lines.add(new StringBuilder()));
        for (int column = 0; column < keys.size(); column++) {
            append(lines, cells, column);
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    private void append(List<StringBuilder> lines, List<String[]> cells, int column) {
        int width = 0;
        boolean isEmpty = true;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i)[column];
            width = Math.max(width, cell.codePointCount(0, cell.length()));
            isEmpty &= i == 0 || cell.isEmpty();
        }
        if (isEmpty && !rows.isEmpty()) {
            return;
        }
        boolean isNumber = isNumber(column);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i)[column];
            String blanks = " ".repeat(width - cell.codePointCount(0, cell.length()));
            lines.get(i).append(lines.get(i).length() == 0 ? "" : GAP).append(isNumber ? blanks + cell : cell + blanks);
        }
    }

    private boolean isNumber(int column) {
        return rows.stream().anyMatch(row -> row[column] instanceof Number || row[column] instanceof OptionalLong);
    }

    static String text(@Nullable Object value, ZoneId zone) {
        if (value == null) {
            return "";
        }
        if (value instanceof Instant instant) {
            return TIME.format(instant.atZone(zone));
        }
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        if (value instanceof Optional<?> optional) {
            return text(optional.orElse(null), zone);
        }
        if (value instanceof OptionalLong number) {
            return number.isPresent() ? Long.toString(number.getAsLong()) : "";
        }
        if (value instanceof Iterable<?> items && !(value instanceof Path)) {
            List<String> texts = new ArrayList<>();
            items.forEach(item -> texts.add(text(item, zone)));
            return String.join(", ", texts);
        }
        return value.toString().replaceAll("\\p{Cntrl}+", " ");
    }

    private static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return String.format(Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d:%02d h", duration.toHours(), duration.toMinutesPart());
    }
}
