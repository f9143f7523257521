package dev.caravan.route;

/**
 * Records of one entity that wait for their parents and are to be tried again.
 *
 * @param entity connector and slug
 */
public record Awaited(String entity) implements Retry {}
