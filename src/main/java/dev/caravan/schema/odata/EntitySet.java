package dev.caravan.schema.odata;

/**
 * A collection of rows that can be asked for.
 *
 * @param name the last part of its URL, case and all
 * @param type name of the entity type of its rows, as written
 */
public record EntitySet(String name, String type) {}
