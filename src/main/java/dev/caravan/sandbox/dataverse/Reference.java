package dev.caravan.sandbox.dataverse;

import java.util.Locale;

/**
 * What a lookup holds: a row of a table, be it there or not.
 *
 * @param id in lower case
 * @param table its logical name
 */
public record Reference(String id, String table) {
    public Reference {
        id = id.toLowerCase(Locale.ROOT);
    }
}
