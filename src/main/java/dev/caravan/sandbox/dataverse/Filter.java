package dev.caravan.sandbox.dataverse;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which rows are wanted. Immutable. */
sealed interface Filter {
    boolean test(RowView row);

    /** Every row. */
    static Filter all() {
        return new And(List.of());
    }

    /** The keys that alone can match, sorted; empty where the filter does not say. */
    default Optional<Set<String>> keys(String keyColumn) {
        return Optional.empty();
    }

    /** The version that all matching rows are above; -1 where the filter does not say. */
    default long versionAbove() {
        return -1;
    }

    /** All of these; every row for none. */
    record And(List<Filter> parts) implements Filter {
        @Override
        public boolean test(RowView row) {
            for (Filter part : parts) {
                if (!part.test(row)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Optional<Set<String>> keys(String keyColumn) {
            return parts.stream().flatMap(part -> part.keys(keyColumn).stream()).findFirst();
        }

        @Override
        public long versionAbove() {
            return parts.stream().mapToLong(Filter::versionAbove).max().orElse(-1);
        }
    }

    /** One of these. */
    record Or(List<Filter> parts) implements Filter {
        @Override
        public boolean test(RowView row) {
            for (Filter part : parts) {
                if (part.test(row)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Optional<Set<String>> keys(String keyColumn) {
            Set<String> keys = new TreeSet<>();
            for (Filter part : parts) {
                Optional<Set<String>> some = part.keys(keyColumn);
                if (some.isEmpty()) {
                    return Optional.empty();
                }
                keys.addAll(some.get());
            }
            return Optional.of(keys);
        }
    }

    /** The contrary. */
    record Not(Filter part) implements Filter {
        @Override
        public boolean test(RowView row) {
            return !part.test(row);
        }
    }

    /** A comparison with a value, or with NULL for eq and ne. */
    record Comparison(
            StoredColumn column,
            Operator operator,
            @Nullable Comparable<?> literal) implements Filter {
        @Override
        public boolean test(RowView row) {
            Comparable<?> value = Values.comparable(column.column().kind(), column.of(row));
            if (value == null || literal == null) {
                return operator == Operator.NE ? value != literal : operator == Operator.EQ && value == literal;
            }
            return operator.holds(Values.compare(value, literal));
        }

        @Override
        public Optional<Set<String>> keys(String keyColumn) {
            boolean oneKey = operator == Operator.EQ
                    && literal != null
                    && column.column().name().equals(keyColumn);
            return oneKey ? Optional.of(Set.of(String.valueOf(literal))) : Optional.empty();
        }

        @Override
        public long versionAbove() {
            boolean version = column.column().name().equals(StoredColumn.VERSION);
            if (!version || !(literal instanceof Long number)) {
                return -1;
            }
            return switch (operator) {
                case GT -> number;
                case GE, EQ -> number - 1;
                case NE, LT, LE -> -1;
            };
        }
    }

    /** One of some ids or texts. */
    record Among(StoredColumn column, Set<String> values) implements Filter {
        @Override
        public boolean test(RowView row) {
            Comparable<?> value = Values.comparable(column.column().kind(), column.of(row));
            return value != null && values.contains(value.toString());
        }

        @Override
        public Optional<Set<String>> keys(String keyColumn) {
            return column.column().name().equals(keyColumn) ? Optional.of(new TreeSet<>(values)) : Optional.empty();
        }
    }

    /** A text that a pattern finds. */
    record Like(StoredColumn column, Pattern pattern) implements Filter {
        @Override
        public boolean test(RowView row) {
            Object value = column.of(row);
            return value != null && pattern.matcher(value.toString()).matches();
        }

        /** A pattern in the manner of SQL's LIKE, by no case. */
        static Pattern pattern(String like) {
            StringBuilder regex = new StringBuilder("(?isu)");
            boolean set = false;
            for (int i = 0; i < like.length(); i++) {
                char c = like.charAt(i);
                if (set) {
                    regex.append(
                            c == ']' || c == '-' || c == '^' ? String.valueOf(c) : Pattern.quote(String.valueOf(c)));
                    set = c != ']';
                } else if (c == '%') {
                    regex.append(".*");
                } else if (c == '_') {
                    regex.append('.');
                } else if (c == '[' && like.indexOf(']') > 0) {
                    regex.append('[');
                    set = true;
                } else {
                    regex.append(Pattern.quote(String.valueOf(c)));
                }
            }
            return Pattern.compile(regex.toString());
        }
    }

    /** How two values are compared. */
    enum Operator {
        EQ("Equal"),
        NE("NotEqual"),
        GT("GreaterThan"),
        GE("GreaterThanOrEqual"),
        LT("LessThan"),
        LE("LessThanOrEqual");

        private final String kind;

        Operator(String kind) {
            this.kind = kind;
        }

        /** What error texts call it. */
        String kind() {
            return kind;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case EQ -> comparison == 0;
                case NE -> comparison != 0;
                case GT -> comparison > 0;
                case GE -> comparison >= 0;
                case LT -> comparison < 0;
                case LE -> comparison <= 0;
            };
        }

        static Optional<Operator> of(String word) {
            for (Operator operator : values()) {
                if (operator.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }
    }
}
