package dev.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against Jackson, which reads the same texts. */
class JsonScannerTest {
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final String[] PIECES = {
        "a",
        "Ł",
        "北",
        "🍷",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0041",
        "\\ud83c\\udf77",
        "\\ud800",
        " ",
        "\u007f",
        "plain text",
        "}",
        "[",
        ":"
    };
    private static final String[] NUMBERS = {
        "0", "-0", "7", "-12", "123456789012345678", "1234567890123456789", "9223372036854775807",
        "-9223372036854775808", "9223372036854775808", "0.0", "-0.50", "12.345", "123456789012345.678", "1e3",
        "1.5E-7", "-2E+4", "3.00"
    };

    @Test
    void readsEveryTextThatJacksonReadsAsJacksonReadsIt() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            byte[] text = document(new Random(seed)).getBytes(StandardCharsets.UTF_8);
            assertThat(scanned(text)).as("seed %d", seed).isEqualTo(jackson(text));
            assertThat(skipped(text)).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void refusesWhatIsNoJsonWhetherItIsReadOrPassedOver() throws IOException {
        int refused = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] text = spoilt(document(random).getBytes(StandardCharsets.UTF_8), random);
            Object expected;
            try {
                expected = isUtf8(text) ? jackson(text) : null;
            } catch (IOException noJson) {
                expected = null;
            }
            String what = "seed " + seed + ": " + new String(text, StandardCharsets.UTF_8);
            if (expected != null) {
                assertThat(scanned(text)).as(what).isEqualTo(expected);
                continue;
            }
            refused++;
            assertThatThrownBy(() -> scanned(text)).as(what).isInstanceOf(IOException.class);
            assertThat(skipped(text)).as(what).isFalse();
        }
        assertThat(refused).isBetween(5_000, 19_000);
    }

    @Test
    void findsTheEndOfATextWhereverItIsAndWhateverComesBefore() throws IOException {
        for (String mark : List.of("", "\\\"", "\\u00e9", "é", "北", "🍷", "\\\\")) {
            for (int before = 0; before < 20; before++) {
                for (int behind = 0; behind < 20; behind++) {
                    String inside = "x".repeat(before) + mark + "y".repeat(behind);
                    byte[] text = ("\"" + inside + "\"").getBytes(StandardCharsets.UTF_8);
                    assertThat(scanned(text)).isEqualTo(jackson(text));
                }
            }
        }
    }

    @Test
    void readsNumbersWithAllTheirDigits() throws IOException {
        assertThat(scanned(bytes("[0, -0, -12, 123456789012345678, 9223372036854775807]")))
                .isEqualTo(List.of(0L, 0L, -12L, 123456789012345678L, Long.MAX_VALUE));
        assertThat(scanned(bytes("[1.50, -0.0, 9223372036854775808, 1e400]")))
                .isEqualTo(List.of(
                        new BigDecimal("1.50"),
                        new BigDecimal("0.0"),
                        new BigDecimal("9223372036854775808"),
                        new BigDecimal("1e400")));
        String longest = "1".repeat(2_001);
        assertThat(scanned(bytes(longest))).isEqualTo(longest);
        assertThat(scanned(bytes("1e99999999999"))).isEqualTo("1e99999999999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "01",
                "-",
                "-a",
                "1.",
                ".5",
                "+1",
                "1e",
                "1e+",
                "NaN",
                "tru",
                "nulls",
                "\"",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\t\"",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "[1}",
                "{\"a\":1]",
                "1 2",
                "[",
                "{",
                "[[]",
                "'a'",
                "// a"
            })
    void refusesWhatIsNoValue(String text) {
        assertThatThrownBy(() -> scanned(bytes(text)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at byte");
        assertThat(skipped(bytes(text))).isFalse();
    }

    @Test
    void refusesWhatIsNestedTooDeeply() throws IOException {
        byte[] three = bytes("[[[1]]]");
        assertThat(new JsonScanner(three, 3).skip()).isZero();
        assertThatThrownBy(() -> new JsonScanner(three, 2).skip()).hasMessageContaining("no more than 2");
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        assertThat(scanned(bytes("\ufeff[true, null]"))).isEqualTo(Arrays.asList(true, null));
    }

    @Test
    void looksNamesUpWhereTheyAreOthersThanInTheRecordBefore() throws IOException {
        List<String> columns = List.of("a", "b", "c", "?");
        JsonFields fields = new JsonFields(columns::indexOf);
        for (String record : List.of(
                "{\"a\":0,\"b\":1,\"x\":-1}",
                "{\"b\":1,\"a\":0}",
                "{ \"\\u0061\" : 0 , \"b\" : 1, \"c\":2}",
                "{\"a\":0,\"bb\":-1,\"c\":2}",
                "{\"a\":0,\"b\":1,\"c\":2}",
                "{\"a\":0,\"c\":2,\"b\":1}",
                "{\"\\ud800\":-1,\"?\":3}",
                "{\"?\":3,\"?\":3}")) {
            JsonScanner json = new JsonScanner(bytes(record), 5);
            json.open('{');
            JsonFields.Field field = fields.start();
            while (json.more('}')) {
                field = fields.next(json, field);
                assertThat((long) field.column()).as(record).isEqualTo(json.scalar());
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException not) {
            return false;
        }
    }

    private static String document(Random random) {
        StringBuilder text = new StringBuilder();
        value(random, text, 0);
        return text.toString();
    }

    private static void value(Random random, StringBuilder text, int depth) {
        blank(random, text);
        int kind = random.nextInt(depth > 3 ? 4 : 7);
        switch (kind) {
            case 0 -> text.append(new String[] {"true", "false", "null"}[random.nextInt(3)]);
            case 1 -> text.append(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 2, 3 -> string(random, text);
            case 4 -> {
                text.append('[');
                int size = random.nextInt(4);
                for (int i = 0; i < size; i++) {
                    text.append(i == 0 ? "" : ",");
                    value(random, text, depth + 1);
                }
                text.append(size == 0 ? " ]" : "]");
            }
            default -> {
                text.append('{');
                int size = random.nextInt(5);
                for (int i = 0; i < size; i++) {
                    text.append(i == 0 ? "" : ",");
                    blank(random, text);
                    string(random, text);
                    blank(random, text);
                    text.append(':');
                    value(random, text, depth + 1);
                }
                text.append('}');
            }
        }
        blank(random, text);
    }

    private static void blank(Random random, StringBuilder text) {
        text.append(new String[] {"", "", "", " ", "\n", "\t", "\r\n  "}[random.nextInt(7)]);
    }

    private static void string(Random random, StringBuilder text) {
        text.append('"');
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        text.append('"');
    }

    /** The same with a byte too many, too few or of another value, or without its end. */
    private static byte[] spoilt(byte[] text, Random random) {
        int at = random.nextInt(text.length);
        byte[] odd = {
            '"', '\\', ',', ':', '{', '}', '[', ']', '0', 'e', '.', '-', ' ', 7, (byte) 0xc3, (byte) 0xff, 'u', '\n'
        };
        byte other = odd[random.nextInt(odd.length)];
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(text, at);
            case 1 -> {
                byte[] changed = text.clone();
                changed[at] = other;
                yield changed;
            }
            case 2 -> {
                byte[] less = Arrays.copyOf(text, text.length - 1);
                System.arraycopy(text, at + 1, less, at, text.length - at - 1);
                yield less;
            }
            default -> {
                byte[] more = Arrays.copyOf(text, text.length + 1);
                System.arraycopy(text, at, more, at + 1, text.length - at);
                more[at] = other;
                yield more;
            }
        };
    }

    /** What an array holds behind the text is no part of it, whatever it is. */
    private static JsonScanner scanner(byte[] text) {
        byte[] further = bytes("9\".0,]}\u00e9n\"");
        byte[] longer = Arrays.copyOf(text, text.length + further.length);
        System.arraycopy(further, 0, longer, text.length, further.length);
        return new JsonScanner(longer, text.length, 20);
    }

    private static boolean skipped(byte[] text) {
        try {
            JsonScanner json = scanner(text);
            json.skip();
            json.end();
            return true;
        } catch (IOException noJson) {
            return false;
        }
    }

    /** A value as lists: an object is a list of its names and values behind the word object. */
    private static @Nullable Object scanned(byte[] text) throws IOException {
        JsonScanner json = scanner(text);
        Object value = scanned(json);
        json.end();
        return value == null ? "null" : value;
    }

    private static @Nullable Object scanned(JsonScanner json) throws IOException {
        List<@Nullable Object> parts = new ArrayList<>();
        switch (json.next()) {
            case '[' -> {
                json.open('[');
                while (json.more(']')) {
                    parts.add(scanned(json));
                }
                return parts;
            }
            case '{' -> {
                json.open('{');
                parts.add("object");
                while (json.more('}')) {
                    parts.add(json.name());
                    parts.add(scanned(json));
                }
                return parts;
            }
            default -> {
                return json.scalar();
            }
        }
    }

    private static Object jackson(byte[] text) throws IOException {
        try (JsonParser parser = JACKSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IOException("nothing");
            }
            Object value = jackson(parser);
            if (parser.nextToken() != null) {
                throw new IOException("more");
            }
            return value == null ? "null" : value;
        }
    }

    private static @Nullable Object jackson(JsonParser parser) throws IOException {
        List<@Nullable Object> parts = new ArrayList<>();
        return switch (parser.currentToken()) {
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    parts.add(jackson(parser));
                }
                yield parts;
            }
            case START_OBJECT -> {
                parts.add("object");
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    parts.add(parser.currentName());
                    parser.nextToken();
                    parts.add(jackson(parser));
                }
                yield parts;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static Object number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean isLong = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
            return isLong ? (Object) number.longValue() : number;
        } catch (NumberFormatException outOfBounds) {
            return text;
        }
    }
}
