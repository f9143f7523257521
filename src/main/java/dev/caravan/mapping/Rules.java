package dev.caravan.mapping;

import dev.caravan.mapping.ChainText.Argument;
import dev.caravan.mapping.ChainText.Call;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that only look at the final value. Stateless. */
final class Rules {
    private Rules() {}

    static Function of(java.util.function.Function<@Nullable Object, @Nullable String> problem) {
        return new Function() {
            @Override
            public @Nullable String problem(@Nullable Object value) {
                return problem.apply(value);
            }
        };
    }

    static Function required(Call call) {
        call.most(0);
        return of(value -> value == null ? "a value is required" : null);
    }

    static Function range(Call call) {
        BigDecimal least = number(call, 0);
        BigDecimal most = number(call, 1);
        call.most(2);
        if (least.compareTo(most) > 0) {
            throw call.spot().wrong("'range' holds nothing from " + least + " to " + most);
        }
        return of(value -> {
            if (value == null) {
                return null;
            }
            BigDecimal number = value instanceof Long || value instanceof BigDecimal || value instanceof Double
                    ? new BigDecimal(value.toString())
                    : null;
            boolean inside = number != null && number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
            return inside ? null : "the value is not from " + least + " to " + most;
        });
    }

    static Function oneOf(Call call) {
        call.argument(0);
        List<String> allowed = call.arguments().stream().map(Argument::value).toList();
        return of(value -> value == null || allowed.contains(PlainText.of(value))
                ? null
                : "the value is none of " + String.join(", ", allowed));
    }

    private static BigDecimal number(Call call, int index) {
        String text = call.argument(index);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            throw call.spot().wrong("'" + text + "' is not a number", notANumber);
        }
    }
}
