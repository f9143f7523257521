package dev.caravan.sandbox.dataverse;

import java.util.Locale;
import java.util.Set;

/** What things are called beside their logical names. Stateless. */
final class Names {
    private static final Set<String> PEOPLE = Set.of("createdby", "modifiedby");

    private Names() {}

    /** Logical names with capitals, after the prefix: {@code vin_Winery}. */
    static String schema(String logicalName) {
        int prefix = logicalName.indexOf('_') + 1;
        return logicalName.substring(0, prefix)
                + logicalName.substring(prefix, prefix + 1).toUpperCase(Locale.ROOT)
                + logicalName.substring(prefix + 1);
    }

    /** The navigation property of a reference to one of its tables. */
    static String navigation(DataverseColumn column, String table) {
        String name = column.name().indexOf('_') > 0 ? schema(column.name()) : column.name();
        return column.kind() == ColumnKind.CUSTOMER ? name + "_" + table : name;
    }

    /** Whether rows leave the navigation property of the reference out. */
    static boolean hasNoNavigationName(DataverseColumn column) {
        return PEOPLE.contains(column.name());
    }
}
