package dev.caravan.schema;

import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Oracle's data types as an ERP's metadata writes them. Stateless. */
public final class OracleTypes {
    private static final int DIGITS_OF_A_LONG = 18;
    private static final int DIGITS_OF_AN_INTEGER = 38;
    private static final int MOST_DIGITS = 500;
    private static final Pattern WRITTEN = Pattern.compile(
            "([A-Z0-9_ ]+)(?:\\(\\s*(\\d{1,5}|\\*)(?:\\s+\\w+)?\\s*(?:,\\s*(-?\\d{1,4})\\s*)?\\)[A-Z ]*)?");

    private OracleTypes() {}

    /**
     * What a declared type means.
     *
     * @param declared {@code VARCHAR2}, {@code NUMBER(10,2)}, in any case
     * @param maxLength most characters; 0 if not said
     * @param precision digits; 0 if not said
     * @param scale digits behind the point
     * @return empty for a type that is not known, which is carried as text
     */
    public static Optional<ColumnType> of(String declared, int maxLength, int precision, int scale) {
        Matcher written = WRITTEN.matcher(declared.trim().toUpperCase(Locale.ROOT));
        if (!written.matches()) {
            return Optional.empty();
        }
        int first = first(written.group(2), written.group(3) != null);
        int second = written.group(3) == null ? 0 : Integer.parseInt(written.group(3));
        String name = written.group(1).trim();
        return switch (name) {
            case "VARCHAR2", "NVARCHAR2", "VARCHAR", "CHAR", "NCHAR" ->
                Optional.of(ColumnType.text(maxLength > 0 ? maxLength : first));
            case "CLOB", "NCLOB", "LONG", "ROWID", "UROWID" -> Optional.of(ColumnType.text(0));
            case "NUMBER", "NUMERIC", "DECIMAL", "DEC" ->
                Optional.of(number(precision > 0 ? precision : first, precision > 0 ? scale : second));
            case "INTEGER", "INT", "SMALLINT" ->
                Optional.of(number(precision > 0 ? precision : DIGITS_OF_AN_INTEGER, 0));
            case "FLOAT", "REAL" -> Optional.of(ColumnType.of(Kind.DECIMAL));
            case "BINARY_DOUBLE", "BINARY_FLOAT" -> Optional.of(ColumnType.of(Kind.DOUBLE));
            case "DATE" -> Optional.of(ColumnType.of(Kind.DATE));
            case "RAW", "BLOB", "LONG RAW" -> Optional.of(ColumnType.of(Kind.BINARY));
            case "BOOLEAN" -> Optional.of(ColumnType.of(Kind.BOOLEAN));
            default -> name.startsWith("TIMESTAMP") ? Optional.of(ColumnType.of(Kind.TIMESTAMP)) : Optional.empty();
        };
    }

    /** A star stands for the most digits, or for no bound where no scale follows. */
    private static int first(@Nullable String digits, boolean scaled) {
        if (digits == null) {
            return 0;
        }
        return digits.equals("*") ? (scaled ? DIGITS_OF_AN_INTEGER : 0) : Integer.parseInt(digits);
    }

    /** Where a bound is far past Oracle's, and near what PostgreSQL takes, there is none. */
    private static ColumnType number(int precision, int scale) {
        if (precision == 0 || precision > MOST_DIGITS || Math.abs(scale) > MOST_DIGITS / 2) {
            return ColumnType.of(Kind.DECIMAL);
        }
        if (scale <= 0 && precision - scale <= DIGITS_OF_A_LONG) {
            return new ColumnType(Kind.INTEGER, 0, precision - scale, 0);
        }
        return ColumnType.decimal(Math.max(precision, precision - scale), Math.max(0, scale));
    }
}
