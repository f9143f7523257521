package dev.caravan.sandbox.dataverse;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values of numbered rows: the same for the same number, at next to no cost. Stateless. */
final class Seeds {
    private static final LocalDate FIRST_DAY = LocalDate.of(2019, 1, 1);
    private static final int DAYS = 2400;
    private static final int SECONDS_A_DAY = 86_400;
    private static final List<String> DAY_TEXTS = IntStream.range(0, DAYS)
            .mapToObj(day -> FIRST_DAY.plusDays(day).toString())
            .toList();
    private static final List<String> WORDS = List.of(
            "Château",
            "Weingut",
            "Bodega",
            "Quinta",
            "Tenuta",
            "O'Brian",
            "Słońce",
            "Ångström",
            "100 % Merlot",
            "\"Vieilles vignes\"",
            "北酒",
            "Cuvée 🍷");
    private static final String PROSE = "Delivered in part; the remainder follows with the next lorry. ".repeat(60);

    private Seeds() {}

    /** Text that begins so. */
    static IntFunction<@Nullable Object> text(String before) {
        return number -> before + ' ' + WORDS.get(number % WORDS.size()) + ' ' + number;
    }

    /** Text of so many characters and a number. */
    static IntFunction<@Nullable Object> prose(int length) {
        String text = PROSE.substring(0, length);
        return number -> text + number;
    }

    static IntFunction<@Nullable Object> same(@Nullable Object value) {
        return number -> value;
    }

    /** Whole numbers from 0. */
    static IntFunction<@Nullable Object> whole(int salt, int below) {
        return number -> (int) Math.floorMod(Guids.mix(number * 31L + salt), (long) below);
    }

    /** Amounts with ten digits after the point, as the service has them. */
    static IntFunction<@Nullable Object> money(int salt) {
        return number -> BigDecimal.valueOf(Math.floorMod(Guids.mix(number * 37L + salt), 10_000_000L), 2)
                .setScale(10);
    }

    static IntFunction<@Nullable Object> decimal(int salt, int digits) {
        return number -> BigDecimal.valueOf(Math.floorMod(Guids.mix(number * 41L + salt), 1_000_000L), 3)
                .setScale(digits);
    }

    static IntFunction<@Nullable Object> fraction(int salt) {
        return number -> Math.floorMod(Guids.mix(number * 43L + salt), 100_000L) / 64.0;
    }

    static IntFunction<@Nullable Object> yesOrNo(int salt) {
        return number -> (Guids.mix(number * 47L + salt) & 1) == 0;
    }

    static IntFunction<@Nullable Object> day(int salt) {
        return number -> DAY_TEXTS.get((int) Math.floorMod(Guids.mix(number * 53L + salt), (long) DAYS));
    }

    /** Moments in whole seconds. */
    static IntFunction<@Nullable Object> moment(int salt) {
        return number -> written(Math.floorMod(Guids.mix(number * 59L + salt), (long) DAYS * SECONDS_A_DAY));
    }

    /** Moments that grow with the number, three rows a second. */
    static IntFunction<@Nullable Object> growing() {
        return number -> written(number / 3 * 97L);
    }

    /** An object of three members. */
    static IntFunction<@Nullable Object> managed(String name) {
        return number -> Map.of("Value", number % 2 == 0, "CanBeChanged", true, "ManagedPropertyLogicalName", name);
    }

    /** NULL in all but every so many rows. */
    static IntFunction<@Nullable Object> rarely(int every, IntFunction<@Nullable Object> values) {
        return number -> number % every == 0 ? values.apply(number) : null;
    }

    /** Rows of a table, spread by a stride; NULL where there are none. */
    static IntFunction<@Nullable Object> reference(String table, Guids guids, int rows, int salt) {
        if (rows == 0) {
            return number -> null;
        }
        return number -> new Reference(guids.of((int) Math.floorMod(number * 7919L + salt, (long) rows)), table);
    }

    @SuppressWarnings("deprecation") // the one constructor that neither decodes nor checks
    private static String written(long seconds) {
        byte[] text = "0000-00-00T00:00:00Z".getBytes(StandardCharsets.US_ASCII);
        String day = DAY_TEXTS.get((int) (seconds / SECONDS_A_DAY));
        day.getBytes(0, day.length(), text, 0);
        int second = (int) (seconds % SECONDS_A_DAY);
        two(text, 11, second / 3600);
        two(text, 14, second / 60 % 60);
        two(text, 17, second % 60);
        return new String(text, 0, 0, text.length);
    }

    private static void two(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }
}
