package dev.caravan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalBytesTest {
    private final CanonicalBytes bytes = new CanonicalBytes();

    @Test
    void decimalsAreTheirPlainDigitsWithoutTrailingZerosHoweverMany() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            BigInteger digits = new BigInteger(random.nextInt(70), random);
            BigDecimal number = new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(24) - 4);
            assertThat(text(number)).as(number.toString()).isEqualTo(plain(number));
        }
        for (int scale = 0; scale < 12; scale++) {
            for (long digits : new long[] {0, 1, 9, 10, 100, 101, 999_999_999, 1_000_000_000, Integer.MAX_VALUE}) {
                BigDecimal number = BigDecimal.valueOf(-digits, scale);
                assertThat(text(number)).as(number.toString()).isEqualTo(plain(number));
            }
        }
    }

    @Test
    void wholeNumbersAreTheirDigits() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextLong() >> random.nextInt(Long.SIZE);
            assertThat(text(number)).isEqualTo(Long.toString(number));
        }
        for (long number : new long[] {0, 9, -10, Long.MAX_VALUE, Long.MIN_VALUE, -999_999_999_999_999_999L}) {
            assertThat(text(number)).isEqualTo(Long.toString(number));
            assertThat(text(BigDecimal.valueOf(number))).isEqualTo(Long.toString(number));
        }
    }

    @Test
    void datesAndInstantsAreAsTheLibraryWritesThem() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            LocalDate date = LocalDate.ofEpochDay(random.nextInt(8_000_000) - 2_000_000);
            assertThat(text(date)).isEqualTo(date.toString());
            Instant instant = Instant.ofEpochSecond(random.nextLong() % 300_000_000_000L, i % 3 == 0 ? i * 1_000L : 0);
            assertThat(text(instant)).isEqualTo(instant.toString());
        }
    }

    @Test
    void aTextOfAnyLengthIsItsUtf8() {
        for (String end : new String[] {"", "é", "北", "🍷"}) {
            for (int length = 0; length < 1_500; length += 7) {
                String text = "x".repeat(length) + end;
                assertThat(text(text)).isEqualTo(text);
            }
        }
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** What follows the family and the length, which must be right. */
    private String text(Object value) {
        bytes.clear().value(value);
        byte[] all = bytes.toArray();
        int length = (all[1] & 0xff) << 24 | (all[2] & 0xff) << 16 | (all[3] & 0xff) << 8 | all[4] & 0xff;
        assertThat(length).isEqualTo(all.length - 5);
        return new String(all, 5, length, StandardCharsets.UTF_8);
    }
}
