package dev.caravan.mapping;

import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One field's chain: its target, transformations, default and rules. Immutable. */
final class Chain {
    private static final int MOST_BYTES_OF_A_NAME = 63;

    private final String field;
    private final String target;
    private final ColumnType type;
    private final List<Function> functions;

    private Chain(String field, String target, ColumnType type, List<Function> functions) {
        this.field = field;
        this.target = target;
        this.type = type;
        this.functions = List.copyOf(functions);
    }

    /**
     * Reads {@code target | trim | regex('a|b', 'c')} for a column; the target may be missing.
     *
     * @param row the source's columns; null where only the notation is to be checked
     */
    static Chain parse(Column column, @Nullable Columns row, String text) {
        String field = column.name();
        String target = "";
        ColumnType type = column.type();
        List<Function> functions = new ArrayList<>();
        List<ChainText.Call> calls = ChainText.read(field, text);
        for (int i = 0; i < calls.size(); i++) {
            ChainText.Call call = calls.get(i);
            Function function = Functions.of(call, new Functions.Given(column, type, row));
            if (function != null) {
                functions.add(function);
                type = function.after(type);
                continue;
            }
            if (i > 0 || !call.isBare()) {
                throw call.spot().wrong("'" + call.name() + "' is not a transformation; known are " + Functions.NAMES);
            }
            target = checked(call);
        }
        return new Chain(field, target, type, functions);
    }

    /** The name that PostgreSQL and SQLite both take as it is, and that is none of ours. */
    private static String checked(ChainText.Call call) {
        String target = new ChainText.Argument(call.name()).value();
        boolean tooLong = target.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_A_NAME;
        boolean ours = target.toLowerCase(Locale.ROOT).startsWith("_bridge_");
        if (tooLong || ours || target.chars().anyMatch(Character::isISOControl)) {
            throw call.spot()
                    .wrong("'" + target + "' cannot be a column's name: at most " + MOST_BYTES_OF_A_NAME
                            + " bytes, no control characters, and not beginning with _bridge_");
        }
        return target;
    }

    String target() {
        return target;
    }

    /** The type of what comes out. */
    ColumnType type() {
        return type;
    }

    /** @param row all values of the row before any mapping */
    @Nullable
    Object apply(@Nullable Object value, @Nullable Object[] row) {
        Object result = value;
        for (Function function : functions) {
            try {
                result = function.apply(result, row);
            } catch (IllegalStateException stopped) {
                throw new RecordFault("MAP", "TRANSFORMATION_FAILED", field + ": " + stopped.getMessage());
            } catch (StackOverflowError tooDeep) {
                throw new RecordFault("MAP", "TRANSFORMATION_FAILED", field + ": " + BoundedText.ENDLESS);
            }
        }
        return result;
    }

    /** A regular expression may go on too long, or nest deeper than the stack of a thread is. */
    private static @Nullable String problem(Function function, @Nullable Object value) {
        try {
            return function.problem(value);
        } catch (IllegalStateException | StackOverflowError stopped) {
            return BoundedText.ENDLESS;
        }
    }

    void check(@Nullable Object value) {
        for (Function function : functions) {
            String wrong = problem(function, value);
            if (wrong != null) {
                throw new RecordFault("VALIDATE", "RULE_BROKEN", field + ": " + wrong);
            }
        }
    }
}
