package dev.caravan.route;

import java.util.function.Consumer;

/**
 * One entity whose rows are to be compared with its source.
 *
 * @param entity connector and slug
 * @param repair whether what differs is stored anew
 * @param keysOnly whether only keys are listed, and values not looked at; not together with {@code repair}
 * @param told told what was found, at the good end
 */
public record Verify(String entity, boolean repair, boolean keysOnly, Consumer<VerifyReport> told) {
    public Verify {
        if (repair && keysOnly) {
            throw new IllegalArgumentException("Keys alone mend nothing");
        }
    }
}
