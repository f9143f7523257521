package dev.caravan.schema.odata;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table as Dataverse's own metadata describes it.
 *
 * @param logicalName {@code account}
 * @param entitySet {@code accounts}; empty if not asked
 * @param primaryId logical name of the primary id; empty if not asked
 * @param primaryName logical name of the column that names a row for people; empty for none
 * @param changeTracking whether changes since a point in time can be asked for
 * @param intersect whether it only links two other tables
 * @param tableType {@code Standard}, {@code Elastic}, {@code Virtual}; empty if not known
 * @param dataProvider id of the provider of a virtual table; empty for none
 * @param attributes columns by logical name, as far as asked
 * @param links links to other tables through intersect tables, as far as asked
 */
public record EntityDefinition(
        String logicalName,
        String entitySet,
        String primaryId,
        String primaryName,
        boolean changeTracking,
        boolean intersect,
        String tableType,
        String dataProvider,
        Map<String, AttributeDefinition> attributes,
        List<ManyToMany> links) {
    public EntityDefinition {
        attributes = Map.copyOf(attributes);
        links = List.copyOf(links);
    }

    /**
     * A link of two tables through a third.
     *
     * @param intersect logical name of the table between
     * @param first logical name of one table
     * @param firstColumn column of the table between that points at it
     * @param second logical name of the other
     * @param secondColumn column that points at it
     */
    public record ManyToMany(String intersect, String first, String firstColumn, String second, String secondColumn) {}

    /** The same table with what further answers say of its columns. */
    public EntityDefinition with(Collection<AttributeDefinition> more) {
        Map<String, AttributeDefinition> all = new LinkedHashMap<>(attributes);
        more.forEach(attribute -> all.merge(attribute.name(), attribute, AttributeDefinition::with));
        return new EntityDefinition(
                logicalName,
                entitySet,
                primaryId,
                primaryName,
                changeTracking,
                intersect,
                tableType,
                dataProvider,
                all,
                links);
    }

    /** The same table with its links. */
    public EntityDefinition linked(List<ManyToMany> found) {
        return new EntityDefinition(
                logicalName,
                entitySet,
                primaryId,
                primaryName,
                changeTracking,
                intersect,
                tableType,
                dataProvider,
                attributes,
                found);
    }
}
