package dev.caravan.sandbox.dataverse;

import java.nio.charset.StandardCharsets;

/**
 * Ids for numbered rows, which grow with the number and tell it: the first 32 bits are a multiple of a step, the others
 * noise. Immutable.
 */
final class Guids {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 36;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long salt;
    private final int count;
    private final long step;

    Guids(long salt, int count) {
        this.salt = salt;
        this.count = count;
        this.step = 0xFFFF_FFFFL / (count + 1L);
    }

    /** The id of a number from 0. */
    String of(int number) {
        return text((number + 1) * step, mix(salt + number * GOLDEN), mix(salt - number));
    }

    /** An id that grows with nothing. */
    static String random(long seed) {
        long first = mix(seed * GOLDEN);
        return text(first >>> 32, mix(first + 1), mix(first + 2));
    }

    /** The number of an id; -1 for one that has none here. */
    int number(String id) {
        long head = head(id);
        if (head < 0 || head % step != 0) {
            return -1;
        }
        long number = head / step - 1;
        return number >= 0 && number < count && of((int) number).equals(id) ? (int) number : -1;
    }

    /** The first number whose id comes after this text; {@code count} where there is none. */
    int firstAfter(String id) {
        int number = (int) Math.min(count, Math.max(0, Math.max(0, head(id)) / step - 1));
        while (number < count && of(number).compareTo(id) <= 0) {
            number++;
        }
        return number;
    }

    /** A well-mixed 64 bits of any 64 bits (the finalizer of SplitMix64). */
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    static boolean isId(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static long head(String id) {
        return isId(id) ? Long.parseLong(id.substring(0, 8), 16) : -1;
    }

    @SuppressWarnings("deprecation") // the one constructor that neither decodes nor checks
    private static String text(long head, long middle, long tail) {
        byte[] text = new byte[LENGTH];
        put(text, 0, head, 8);
        text[8] = '-';
        put(text, 9, middle >>> 40, 4);
        text[13] = '-';
        put(text, 14, 0x4000 | middle & 0xFFF, 4);
        text[18] = '-';
        put(text, 19, 0x8000 | (middle >>> 12) & 0x3FFF, 4);
        text[23] = '-';
        put(text, 24, tail, 12);
        return new String(text, 0, 0, LENGTH);
    }

    private static void put(byte[] text, int at, long bits, int digits) {
        for (int i = 0; i < digits; i++) {
            text[at + i] = HEX[(int) (bits >>> ((digits - 1 - i) * 4)) & 15];
        }
    }
}
