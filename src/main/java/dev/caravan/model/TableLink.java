package dev.caravan.model;

/**
 * A column whose values are keys of another table, as it is remembered.
 *
 * @param column on this side
 * @param table the other table, as its source calls it
 * @param referenced its key column
 * @param found how it was found, in a word or two
 */
public record TableLink(String column, String table, String referenced, String found) {}
