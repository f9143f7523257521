package dev.caravan.mapping;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.fault.RecordFault;
import dev.caravan.model.Column;
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
    private final List<Function> functions;

    private Chain(String field, String target, List<Function> functions) {
        this.field = field;
        this.target = target;
        this.functions = List.copyOf(functions);
    }

    /** Reads {@code target | trim | regex('a|b', 'c')} for a column; the target may be missing. */
    static Chain parse(Column column, String text) {
        String field = column.name();
        String target = "";
        List<Function> functions = new ArrayList<>();
        List<String> parts = ChainText.split(field, text, '|');
        for (int i = 0; i < parts.size(); i++) {
            ChainText.Call call = ChainText.call(field, parts.get(i));
            Function function = Function.of(column, call);
            if (function != null) {
                functions.add(function);
                continue;
            }
            if (i > 0 || call.hasArguments()) {
                throw new CaravanException(
                        FaultKind.CONFIGURATION,
                        "MAPPING_WRONG",
                        "map." + field + ": '" + call.name() + "' is not a transformation; known are "
                                + Function.NAMES);
            }
            target = checked(field, call.name());
        }
        return new Chain(field, target, functions);
    }

    /** The name that PostgreSQL and SQLite both take as it is, and that is none of ours. */
    private static String checked(String field, String target) {
        boolean tooLong = target.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_A_NAME;
        boolean ours = target.toLowerCase(Locale.ROOT).startsWith("_bridge_");
        if (tooLong || ours || target.chars().anyMatch(Character::isISOControl)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "MAPPING_WRONG",
                    "map." + field + ": '" + target + "' cannot be a column's name: at most " + MOST_BYTES_OF_A_NAME
                            + " bytes, no control characters, and not beginning with _bridge_");
        }
        return target;
    }

    String target() {
        return target;
    }

    @Nullable
    Object apply(@Nullable Object value) {
        Object result = value;
        for (Function function : functions) {
            try {
                result = function.apply(result);
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
