package dev.caravan.mapping;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import org.jspecify.annotations.Nullable;

/**
 * A place in a chain, to be named where it is wrong.
 *
 * @param field whose chain it is
 * @param at index from 0 of its first character in the chain
 * @param text what stands there
 */
record Spot(String field, int at, String text) {
    CaravanException wrong(String what) {
        return wrong(what, null);
    }

    CaravanException wrong(String what, @Nullable Throwable cause) {
        return new CaravanException(
                FaultKind.CONFIGURATION,
                "MAPPING_WRONG",
                "map." + field + ": at character " + (at + 1) + ": " + what,
                cause);
    }
}
