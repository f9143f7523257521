package dev.caravan.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The JSON of a generated row with fixed places for what differs from row to row: a copy and some digits instead of
 * building a text, so that the sandbox takes next to nothing of a measurement. Immutable.
 */
final class WideTemplate {
    static final String NOTE = "Note ";

    private static final byte[][] DATES = IntStream.range(0, WideRow.DAYS)
            .mapToObj(day -> ascii(WideRow.FIRST_DAY.plusDays(day).toString()))
            .toArray(byte[][]::new);
    private static final WideTemplate[] VARIANTS =
            IntStream.range(0, WideRow.VARIANTS).mapToObj(WideTemplate::new).toArray(WideTemplate[]::new);

    private final StringBuilder text = new StringBuilder(400);
    private final byte[] bytes;
    private final int keyOrder;
    private final int keyLine;
    private final int version;
    private final int order;
    private final int line;
    private final int part;
    private final int described;
    private final int quantity;
    private final int price;
    private final int date;
    private final int changed;
    private final int note;

    private WideTemplate(int variant) {
        keyOrder = place("{\"oracle_keys\":{\"ORDER_NO\":\"", 8);
        keyLine = place("\",\"LINE_NO\":", 1);
        version = place("},\"row_version\":\"", 14);
        order = place("\",\"data\":{\"ORDER_NO\":\"", 8);
        line = place("\",\"LINE_NO\":", 1);
        part = place(",\"PART_NO\":\"P-", 8);
        described = place("\",\"DESCRIPTION\":\"" + WideRow.goods(variant) + " ", 8);
        quantity = place("\",\"QUANTITY\":", 8);
        price = place(",\"PRICE\":", 10);
        date = place(
                ",\"CURRENCY\":\"" + WideRow.currency(variant) + "\",\"STATUS\":\"" + WideRow.state(variant)
                        + "\",\"OPEN\":" + WideRow.open(variant) + ",\"ORDER_DATE\":\"",
                10);
        changed = place("\",\"CHANGED_AT\":\"", 19);
        note = WideRow.hasNote(variant) ? place("\",\"NOTE\":\"" + NOTE, 6) : -1;
        text.append(WideRow.hasNote(variant) ? "\"}}" : "\",\"NOTE\":null}}");
        bytes = ascii(text.toString());
    }

    /** At most so many bytes a row. */
    static int longest() {
        return Arrays.stream(VARIANTS)
                .mapToInt(variant -> variant.bytes.length)
                .max()
                .orElse(0);
    }

    /** Writes a row's JSON; gives the place after it. */
    static int write(WideRow row, byte[] out, int at) {
        WideTemplate variant = VARIANTS[row.variant()];
        System.arraycopy(variant.bytes, 0, out, at, variant.bytes.length);
        variant.fill(row, out, at);
        return at + variant.bytes.length;
    }

    /** A time of day as the rows write it. */
    static String time(LocalDate date, int second) {
        byte[] out = new byte[19];
        System.arraycopy(ascii(date.toString()), 0, out, 0, 10);
        clock(out, 10, second);
        return new String(out, StandardCharsets.US_ASCII);
    }

    private void fill(WideRow row, byte[] out, int at) {
        digits(out, at + keyOrder, 8, WideRow.order(row.index()));
        System.arraycopy(out, at + keyOrder, out, at + order, 8);
        digits(out, at + keyLine, 1, WideRow.line(row.index()));
        digits(out, at + line, 1, WideRow.line(row.index()));
        digits(out, at + version, 8, (int) (row.version() / 1_000_000));
        digits(out, at + version + 8, 6, (int) (row.version() % 1_000_000));
        digits(out, at + part, 8, row.part());
        System.arraycopy(out, at + part, out, at + described, 8);
        decimal(out, at + quantity, 8, 3, row.quantity());
        decimal(out, at + price, 10, 4, row.price());
        System.arraycopy(DATES[row.day()], 0, out, at + date, 10);
        System.arraycopy(DATES[row.day()], 0, out, at + changed, 10);
        clock(out, at + changed + 10, row.second());
        if (note >= 0) {
            digits(out, at + note, 6, row.note());
        }
    }

    private int place(String before, int width) {
        text.append(before);
        int at = text.length();
        text.append("0".repeat(width));
        return at;
    }

    private static void clock(byte[] out, int at, int second) {
        out[at] = 'T';
        digits(out, at + 1, 2, second / 3600);
        out[at + 3] = ':';
        digits(out, at + 4, 2, second / 60 % 60);
        out[at + 6] = ':';
        digits(out, at + 7, 2, second % 60);
    }

    private static void decimal(byte[] out, int at, int width, int scale, int unscaled) {
        digits(out, at + 1, width - 1, unscaled);
        System.arraycopy(out, at + 1, out, at, width - scale - 1);
        out[at + width - scale - 1] = '.';
    }

    private static void digits(byte[] out, int at, int width, int number) {
        int left = number;
        for (int i = at + width - 1; i >= at; i--) {
            out[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
