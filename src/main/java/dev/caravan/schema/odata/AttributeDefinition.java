package dev.caravan.schema.odata;

import java.util.List;

/**
 * A column as Dataverse's own metadata describes it. Dataverse's required level says what a form asks for, not that old
 * rows hold a value: it is no statement on null (<a
 * href="https://learn.microsoft.com/power-apps/developer/data-platform/entity-attribute-metadata">attribute metadata</a>).
 *
 * @param name logical name
 * @param type Dataverse's type without the ending {@code Type}: {@code String}, {@code MultiSelectPicklist}
 * @param attributeOf the column whose shadow this is ({@code owneridname}); empty for a column of its own
 * @param readable whether a row may be asked for it
 * @param primaryId whether it is the table's primary id
 * @param required {@code None}, {@code SystemRequired}, …; empty if not asked
 * @param maxLength most characters; 0 if not known
 * @param precision digits behind the point; -1 if not known
 * @param dateBehavior {@code UserLocal}, {@code DateOnly}, {@code TimeZoneIndependent}; empty if not known
 * @param targets logical names of the tables a lookup may point at; empty if not known
 * @param securedAs its id, where column security says who may read it (<a
 *     href="https://learn.microsoft.com/power-apps/developer/data-platform/field-security-entities">column-level
 *     security</a>); empty where all may
 */
public record AttributeDefinition(
        String name,
        String type,
        String attributeOf,
        boolean readable,
        boolean primaryId,
        String required,
        int maxLength,
        int precision,
        String dateBehavior,
        List<String> targets,
        String securedAs) {
    public AttributeDefinition {
        targets = List.copyOf(targets);
    }

    /** This one with what another answer knew besides of the same column. */
    AttributeDefinition with(AttributeDefinition more) {
        return new AttributeDefinition(
                name,
                more.type.isEmpty() ? type : more.type,
                more.attributeOf.isEmpty() ? attributeOf : more.attributeOf,
                readable && more.readable,
                primaryId || more.primaryId,
                more.required.isEmpty() ? required : more.required,
                more.maxLength > 0 ? more.maxLength : maxLength,
                more.precision >= 0 ? more.precision : precision,
                more.dateBehavior.isEmpty() ? dateBehavior : more.dateBehavior,
                more.targets.isEmpty() ? targets : more.targets,
                more.securedAs.isEmpty() ? securedAs : more.securedAs);
    }
}
