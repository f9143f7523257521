package dev.caravan.mapping;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A chain in the pieces in which it is remembered.
 *
 * @param target name of the column; empty for that of the field
 * @param transformation functions with bars between; null for none
 * @param validation rules with bars between; null for none
 * @param defaultValue stands in for NULL once the functions have run; null for nothing
 * @param required whether NULL is refused
 */
public record StoredChain(
        String target,
        @Nullable String transformation,
        @Nullable String validation,
        @Nullable String defaultValue,
        boolean required) {
    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    /**
     * Takes a chain apart. Its notation is checked; whether it fits the field's type is not.
     *
     * @throws CaravanException MAPPING_WRONG, naming the place
     */
    public static StoredChain of(String field, String text) {
        Chain read = Chain.parse(new Column(field, "", ColumnType.text(0), true, false), null, text);
        List<ChainText.Call> calls = new ArrayList<>(ChainText.read(field, text));
        if (!read.target().isEmpty()) {
            calls.remove(0);
        }
        List<String> functions = new ArrayList<>();
        List<String> rules = new ArrayList<>();
        boolean required = false;
        for (ChainText.Call call : calls) {
            required |= call.folded().equals("required");
            if (Functions.isRule(call)) {
                rules.add(call.spot().text());
            } else if (!call.folded().equals("required")) {
                functions.add(call.spot().text());
            }
        }
        List<ChainText.Call> defaults =
                calls.stream().filter(call -> call.folded().equals("default")).toList();
        String last = functions.isEmpty() ? "" : functions.get(functions.size() - 1);
        String otherwise = null;
        if (defaults.size() == 1 && defaults.get(0).spot().text().equals(last)) {
            otherwise = defaults.get(0).argument(0);
            functions.remove(functions.size() - 1);
        }
        return new StoredChain(read.target(), joined(functions), joined(rules), otherwise, required);
    }

    private static @Nullable String joined(List<String> parts) {
        return parts.isEmpty() ? null : String.join(" | ", parts);
    }

    /** The chain as it is written in one piece. */
    public String text() {
        List<String> parts = new ArrayList<>();
        if (!target.isEmpty()) {
            parts.add(name(target));
        }
        if (transformation != null) {
            parts.add(transformation);
        }
        if (defaultValue != null) {
            parts.add("default(" + quoted(defaultValue) + ")");
        }
        if (required) {
            parts.add("required");
        }
        if (validation != null) {
            parts.add(validation);
        }
        return String.join(" | ", parts);
    }

    /** A target that could be taken for a function, or holds what means something else, stands in quotes. */
    private static String name(String target) {
        boolean plain = PLAIN_NAME.matcher(target).matches() && !Functions.isKnown(target);
        return plain ? target : quoted(target);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
