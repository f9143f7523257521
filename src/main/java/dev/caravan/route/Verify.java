package dev.caravan.route;

import java.util.function.Consumer;

/**
 * One entity whose rows are to be compared with its source.
 *
 * @param entity connector and slug
 * @param repair whether what differs is stored anew
 * @param told told what was found, at the good end
 */
public record Verify(String entity, boolean repair, Consumer<VerifyReport> told) {}
