package dev.caravan.source;

import java.nio.charset.StandardCharsets;

/** What is not a plain character in a text of JSON. Stateless. */
final class JsonText {
    private JsonText() {}

    /** Where an escape ends whose backslash is before a place; -1 if it is none, or goes on at the end. */
    static int afterEscape(byte[] json, int from, int end) {
        int c = from < end ? json[from] : -1;
        if (c != 'u') {
            return c > 0 && "\"\\/bfnrt".indexOf(c) >= 0 ? from + 1 : -1;
        }
        int to = from + 5;
        if (to > end) {
            return -1;
        }
        for (int i = from + 1; i < to; i++) {
            if (Character.digit(json[i], 16) < 0) {
                return -1;
            }
        }
        return to;
    }

    /** Where a character of several bytes ends; -1 if it is not well-formed (Unicode 15, table 3-7). */
    static int afterCharacter(byte[] json, int from, int end) {
        int lead = json[from] & 0xff;
        int more = lead >= 0xc2 && lead <= 0xdf ? 1 : (lead & 0xf0) == 0xe0 ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
        if (more == 0 || from + more >= end) {
            return -1;
        }
        int second = json[from + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        boolean formed = second >= lowest && second <= highest;
        for (int i = 2; i <= more; i++) {
            formed &= (json[from + i] & 0xc0) == 0x80;
        }
        return formed ? from + more + 1 : -1;
    }

    /** A text with its escapes resolved. */
    static String unescaped(byte[] json, int from, int to) {
        String written = new String(json, from, to - from, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(written.length());
        int i = 0;
        while (i < written.length()) {
            char c = written.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char which = written.charAt(i++);
            switch (which) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(written, i, i + 4, 16));
                    i += 4;
                }
                default -> text.append(which);
            }
        }
        return text.toString();
    }
}
