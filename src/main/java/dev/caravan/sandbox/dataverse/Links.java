package dev.caravan.sandbox.dataverse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Percent-encoding the way the service's links have it. */
final class Links {
    private static final String PLAIN = "-_.~!$'()*,/:;=@";
    private static final String PLAIN_INNER = "-_.*()";

    private Links() {}

    /** The value of a query option in a link: upper-case hex, {@code $ , = /} and their like as they are. */
    static String value(String text) {
        return encoded(text, PLAIN, false);
    }

    /** A text within such a value: lower-case hex, next to nothing as it is. */
    static String inner(String text) {
        return encoded(text, PLAIN_INNER, true);
    }

    /** @throws Refusal where the text holds a plus sign or half an escape */
    static String decoded(String encoded) {
        if (encoded.indexOf('+') >= 0) {
            throw Refusal.bad("Syntax error at position " + encoded.indexOf('+') + " in '" + encoded + "'.");
        }
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        int at = 0;
        while (at < encoded.length()) {
            char c = encoded.charAt(at);
            if (c == '%') {
                bytes.write(hex(encoded, at + 1));
                at += 3;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                at++;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(String text, int at) {
        if (at + 2 > text.length()) {
            throw Refusal.bad("Half an escape at position " + at + ".");
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        if (high < 0 || low < 0) {
            throw Refusal.bad("Half an escape at position " + at + ".");
        }
        return high * 16 + low;
    }

    private static String encoded(String text, String plain, boolean lower) {
        StringBuilder encoded = new StringBuilder(text.length() * 2);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letter || plain.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                String hex = String.format(Locale.ROOT, "%%%02X", (int) c);
                encoded.append(lower ? hex.toLowerCase(Locale.ROOT) : hex);
            }
        }
        return encoded.toString();
    }
}
