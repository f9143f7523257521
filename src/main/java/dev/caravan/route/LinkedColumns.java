package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.SafeNames;
import dev.caravan.source.dataverse.GuidSet;
import dev.caravan.target.sql.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which rows of a table others refer to: {@code table.column, *._accountid_value}, either half with stars for anything.
 * Stateless but for the database.
 */
final class LinkedColumns {
    /** Between a column's type and the entity sets that its values are ids of. */
    static final String LEADS_TO = " -> ";

    /** In place of a column: the one that is called as the table's own key. */
    private static final String KEY = "<key>";

    /** Every lookup, and every column that is called as the table's own key. */
    static final String ANY = "*._*_value, *." + KEY;

    private final TargetDatabase database;

    LinkedColumns(TargetDatabase database) {
        this.database = database;
    }

    /**
     * What the settings say, looked at before anything is asked.
     *
     * @throws CaravanException LINK_WRONG naming the part that is no table with a column
     */
    static List<String[]> parse(String table, String text) {
        List<String[]> links = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] halves = part.trim().split("\\.", -1);
            if (halves.length != 2 || halves[0].isEmpty() || halves[1].isEmpty()) {
                throw new CaravanException(
                        FaultKind.CONFIGURATION,
                        "LINK_WRONG",
                        table + ": only-linked-from: '" + part.trim() + "' is not of the form table.column");
            }
            links.add(halves);
        }
        return links;
    }

    /** The ids that live rows of the connector's other tables hold. */
    GuidSet needed(EntityRecord entity, String text) {
        String key = entity.columns().keyNames().get(0);
        List<String[]> links = parse(entity.name(), text.replace(KEY, key));
        List<UUID> ids = new ArrayList<>();
        for (EntityRecord other : database.stores().entities().all()) {
            boolean beside = other.connector().equals(entity.connector())
                    && !other.uid().equals(entity.uid())
                    && other.enabled();
            List<String> names =
                    beside ? SafeNames.columns(other.columns().names(), TargetTable.RECORD_COLUMNS) : List.of();
            for (int i = 0; i < names.size(); i++) {
                if (leads(other, other.columns().get(i), entity, links)) {
                    ids.addAll(ids(other, names.get(i)));
                }
            }
        }
        return GuidSet.of(ids);
    }

    private static boolean leads(EntityRecord from, Column column, EntityRecord to, List<String[]> links) {
        int arrow = column.declaredType().indexOf(LEADS_TO);
        boolean elsewhere = arrow >= 0
                && !List.of(column.declaredType()
                                .substring(arrow + LEADS_TO.length())
                                .split(",", -1))
                        .contains(to.slug());
        boolean own = from.columns().keyNames().contains(column.name());
        if (column.type().kind() != ColumnType.Kind.UUID || own || elsewhere) {
            return false;
        }
        return links.stream()
                .anyMatch(link -> (matches(link[0], from.slug()) || matches(link[0], from.description()))
                        && matches(link[1], column.name()));
    }

    private static boolean matches(String pattern, String name) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(name).matches();
    }

    /** The ids of live rows of the table itself. */
    GuidSet held(EntityRecord entity) {
        List<String> names = SafeNames.columns(entity.columns().names(), TargetTable.RECORD_COLUMNS);
        return GuidSet.of(ids(entity, names.get(entity.columns().keyIndexes()[0])));
    }

    private List<UUID> ids(EntityRecord entity, String column) {
        String quoted = database.dialect().quote(column);
        String table = database.dialect().table(entity.schema(), entity.table());
        return new JdbcTemplate(database.database().joining())
                .query(
                        "SELECT DISTINCT " + quoted + " FROM " + table + " WHERE " + quoted
                                + " IS NOT NULL AND _deleted_at IS NULL",
                        (row, number) -> UUID.fromString(row.getString(1)));
    }
}
