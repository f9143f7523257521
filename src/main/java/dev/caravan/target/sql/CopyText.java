package dev.caravan.target.sql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the text format of PostgreSQL's COPY: a tab between values, {@code \\N} for NULL, a backslash before what would
 * be taken for either (<a href="https://www.postgresql.org/docs/17/sql-copy.html">COPY</a>). Sent in pieces of some ten
 * kB. One thread.
 */
final class CopyText {
    private static final int PIECE = 64 * 1024;

    private final CopyIn in;
    private final StringBuilder text = new StringBuilder(PIECE + 4096);

    CopyText(CopyIn in) {
        this.in = in;
    }

    /** A plain literal of SQL as COPY takes it. */
    static String ofLiteral(String literal) {
        if (literal.equals("NULL")) {
            return "\\N";
        }
        return literal.startsWith("'") ? literal.substring(1, literal.length() - 1) : literal;
    }

    /** @param same what all rows end with, ready */
    void row(@Nullable Object[] values, String same) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            value(values[i]);
        }
        text.append(same).append('\n');
        if (text.length() >= PIECE) {
            send();
        }
    }

    /** Sends what is left and ends the copy. */
    void end() throws SQLException {
        send();
        in.endCopy();
    }

    private void send() throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        in.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            text.append("\\N");
        } else if (value instanceof String string) {
            escaped(string);
        } else if (value instanceof BigDecimal number) {
            text.append(number.toPlainString());
        } else if (value instanceof byte[] bytes) {
            text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
        } else {
            escaped(value.toString());
        }
    }

    private void escaped(String string) {
        int from = 0;
        for (int i = 0; i < string.length(); i++) {
            char character = string.charAt(i);
            String instead = character > '\r' && character != '\\' ? null : escape(character);
            if (instead != null) {
                text.append(string, from, i).append(instead);
                from = i + 1;
            }
        }
        text.append(string, from, string.length());
    }

    private static @Nullable String escape(char character) {
        return switch (character) {
            case '\\' -> "\\\\";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> null;
        };
    }
}
