package dev.caravan.schema.odata;

import java.util.List;

/**
 * A navigation property: how one leads from a row to others.
 *
 * @param name as written
 * @param target name of the entity type it leads to, as written
 * @param collection whether it leads to many
 * @param partner the navigation property that leads back; empty for none
 * @param constraints the columns that hold the reference; empty where none are named
 */
public record Navigation(String name, String target, boolean collection, String partner, List<Constraint> constraints) {
    public Navigation {
        constraints = List.copyOf(constraints);
    }

    /**
     * A pair of columns that hold the same value.
     *
     * @param property the column on this side
     * @param referenced the column on the other side
     */
    public record Constraint(String property, String referenced) {}
}
