package dev.caravan.mapping;

import dev.caravan.mapping.ChainText.Argument;
import dev.caravan.mapping.ChainText.Call;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Functions whose result is a text, whatever comes in. Stateless. */
final class Texts {
    /** Stands for the value itself among the arguments of {@code concat}. */
    private static final String ITSELF = "_";

    private Texts() {}

    private static Function of(BiFunction<String, @Nullable Object[], String> change) {
        return new Function() {
            @Override
            public @Nullable Object apply(@Nullable Object value, @Nullable Object[] row) {
                return value == null ? null : change.apply(PlainText.of(value), row);
            }

            @Override
            public ColumnType after(ColumnType before) {
                return ColumnType.text(0);
            }
        };
    }

    /** A text, the index of a field, or the value itself. */
    private record Piece(@Nullable String text, int field) {
        static final int VALUE = -1;
    }

    /** {@code concat('-', FIELD, …)}: puts texts and other fields behind the value, or around it where {@code _} stands. */
    static Function concat(Call call, Functions.Given given) {
        call.argument(0);
        List<Piece> pieces = new ArrayList<>();
        boolean around = call.arguments().contains(new Argument(ITSELF));
        if (!around) {
            pieces.add(new Piece(null, Piece.VALUE));
        }
        for (Argument argument : call.arguments()) {
            if (argument.isQuoted()) {
                pieces.add(new Piece(argument.value(), Piece.VALUE));
            } else if (argument.written().equals(ITSELF)) {
                pieces.add(new Piece(null, Piece.VALUE));
            } else {
                pieces.add(new Piece(null, field(call, given.row(), argument.written())));
            }
        }
        return of((value, row) -> {
            StringBuilder out = new StringBuilder();
            for (Piece piece : pieces) {
                Object part = piece.field() < 0 ? value : row[piece.field()];
                out.append(piece.text() != null ? piece.text() : part == null ? "" : PlainText.of(part));
            }
            return out.toString();
        });
    }

    private static int field(Call call, @Nullable Columns row, String name) {
        int index = row == null ? 0 : row.indexOf(name);
        if (index < 0) {
            throw call.spot().wrong("the source has no field '" + name + "'; a text stands in single quotes");
        }
        return index;
    }

    /** {@code substring(start, length)} in characters from 1; a start below 0 counts from the end. */
    static Function substring(Call call) {
        call.most(2);
        int start = whole(call, 0);
        int length = call.arguments().size() > 1 ? whole(call, 1) : Integer.MAX_VALUE;
        if (start == 0 || length < 1) {
            throw call.spot()
                    .wrong("'substring' counts from 1, or from -1 at the end, and takes a length of 1 or more");
        }
        return of((value, row) -> {
            int all = value.codePointCount(0, value.length());
            int from = Math.min(all, start > 0 ? start - 1 : Math.max(0, all + start));
            int to = (int) Math.min(all, (long) from + length);
            return value.substring(value.offsetByCodePoints(0, from), value.offsetByCodePoints(0, to));
        });
    }

    private static int whole(Call call, int index) {
        String text = call.argument(index);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw call.spot().wrong("'" + text + "' is not a whole number", notANumber);
        }
    }

    /** {@code map('A'='Active', *='Other')}: one value for another; without a star what is not listed stays. */
    static Function map(Call call) {
        call.argument(0);
        Map<String, String> values = new HashMap<>();
        String otherwise = null;
        for (Argument argument : call.arguments()) {
            List<Argument> sides = argument.sides();
            if (sides.size() < 2) {
                throw call.spot().wrong("'" + argument.written() + "' is not of the form 'from'='to'");
            }
            String to = sides.get(1).value();
            if (sides.get(0).written().equals("*")) {
                otherwise = to;
            } else if (values.put(sides.get(0).value(), to) != null) {
                throw call.spot().wrong("'" + sides.get(0).value() + "' is mapped twice");
            }
        }
        String other = otherwise;
        return of((value, row) -> values.getOrDefault(value, other == null ? value : other));
    }
}
