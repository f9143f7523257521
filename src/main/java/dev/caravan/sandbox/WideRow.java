package dev.caravan.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One generated order line: everything follows from its index, its revision and the seed. {@link WideTemplate} renders
 * it, {@link #row} says the same as values.
 *
 * @param index from 0
 * @param version {@code yyyyMMddHHmmss} as a number
 * @param variant which of {@link #VARIANTS} template texts
 * @param quantity thousandths
 * @param price ten-thousandths
 * @param day days since {@link #FIRST_DAY}
 * @param second of the day
 */
record WideRow(int index, long version, int variant, int part, int quantity, int price, int day, int second, int note) {
    static final int VARIANTS = 16;
    static final int LINES_PER_ORDER = 8;
    static final int FIRST_ORDER = 10_000_000;
    static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
    static final int DAYS = 512;

    private static final List<String> STATES = List.of("Planned", "Released", "Delivered", "Invoiced");
    private static final List<String> GOODS = List.of("Bearing", "Hose", "Valve", "Gear");
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "SEK", "GBP");
    private static final int ROWS_PER_SECOND = 20;
    private static final long FIRST_VERSION_SECOND =
            LocalDate.of(2025, 1, 1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();

    static final SandboxApi API = SandboxApi.of(
                    "wide",
                    "rowversion",
                    SandboxColumn.text("ORDER_NO", 12).key(),
                    SandboxColumn.number("LINE_NO", 6, 0).key(),
                    SandboxColumn.text("PART_NO", 25).notNull(),
                    SandboxColumn.text("DESCRIPTION", 100),
                    SandboxColumn.number("QUANTITY", 12, 3),
                    SandboxColumn.number("PRICE", 14, 4),
                    SandboxColumn.text("CURRENCY", 3),
                    SandboxColumn.text("STATUS", 20),
                    SandboxColumn.of("OPEN", "BOOLEAN"),
                    SandboxColumn.of("ORDER_DATE", "DATE"),
                    SandboxColumn.of("CHANGED_AT", "TIMESTAMP"),
                    SandboxColumn.text("NOTE", 200))
            .describedAs("Order lines", "Generated rows for measuring");

    static WideRow of(int index, int revision, long version, long seed) {
        long bits = mixed(seed + index + ((long) revision << 40));
        long more = mixed(bits);
        return new WideRow(
                index,
                version,
                (int) (bits & (VARIANTS - 1)),
                10_000_000 + below(bits >>> 4, 1 << 16),
                1_000_000 + below(bits >>> 20, 1 << 23),
                100_000_000 + below(more, 1 << 29),
                below(more >>> 29, DAYS),
                below(more >>> 38, 1 << 16),
                100_000 + below(bits >>> 43, 1 << 19));
    }

    /** The version a row has before it was ever changed: {@value #ROWS_PER_SECOND} rows share one. */
    static long firstVersion(int index) {
        return version(FIRST_VERSION_SECOND + index / ROWS_PER_SECOND);
    }

    static int order(int index) {
        return FIRST_ORDER + index / LINES_PER_ORDER;
    }

    static int line(int index) {
        return 1 + index % LINES_PER_ORDER;
    }

    String partNo() {
        return "P-" + part;
    }

    String description() {
        return GOODS.get(variant >> 2) + " " + part;
    }

    static String goods(int variant) {
        return GOODS.get(variant >> 2);
    }

    static String state(int variant) {
        return STATES.get(variant & 3);
    }

    static String currency(int variant) {
        return CURRENCIES.get((variant >> 1) & 3);
    }

    static boolean open(int variant) {
        return (variant & 5) != 0;
    }

    static boolean hasNote(int variant) {
        return (variant & 3) != 3;
    }

    /** The same as values. */
    SandboxRow row() {
        LocalDate date = FIRST_DAY.plusDays(day);
        return new SandboxRow(
                SandboxRow.values(
                        "ORDER_NO", Integer.toString(order(index)),
                        "LINE_NO", (long) line(index),
                        "PART_NO", partNo(),
                        "DESCRIPTION", description(),
                        "QUANTITY", BigDecimal.valueOf(quantity, 3),
                        "PRICE", BigDecimal.valueOf(price, 4),
                        "CURRENCY", currency(variant),
                        "STATUS", state(variant),
                        "OPEN", open(variant),
                        "ORDER_DATE", date.toString(),
                        "CHANGED_AT", WideTemplate.time(date, second),
                        "NOTE", hasNote(variant) ? WideTemplate.NOTE + note : null),
                Long.toString(version));
    }

    private static long version(long epochSecond) {
        Instant instant = Instant.ofEpochSecond(epochSecond);
        long secondOfDay = epochSecond - instant.truncatedTo(ChronoUnit.DAYS).getEpochSecond();
        LocalDate date = instant.atZone(ZoneOffset.UTC).toLocalDate();
        long days = date.getYear() * 10_000L + date.getMonthValue() * 100L + date.getDayOfMonth();
        long time = secondOfDay / 3600 * 10_000 + secondOfDay / 60 % 60 * 100 + secondOfDay % 60;
        return days * 1_000_000 + time;
    }

    private static int below(long bits, int powerOfTwo) {
        return (int) (bits & (powerOfTwo - 1));
    }

    /** Spreads neighbouring numbers over all 64 bits (the finaliser of SplitMix64). */
    private static long mixed(long number) {
        long z = number * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
