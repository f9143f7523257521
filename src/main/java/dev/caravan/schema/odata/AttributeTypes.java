package dev.caravan.schema.odata;

import dev.caravan.model.ColumnType.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * What becomes of Dataverse's own types of columns (<a
 * href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/attributetypecode">AttributeTypeCode</a>
 * and {@code AttributeTypeDisplayName}): one table. Choices are their numbers; several choices, their numbers with commas.
 */
public enum AttributeTypes {
    BIG_INT("BigInt", EdmTypes.INT_64),
    BOOLEAN("Boolean", EdmTypes.BOOLEAN),
    CUSTOMER("Customer", EdmTypes.GUID),
    DATE_TIME("DateTime", EdmTypes.DATE_TIME_OFFSET),
    DECIMAL("Decimal", EdmTypes.DECIMAL),
    DOUBLE("Double", EdmTypes.DOUBLE),
    ENTITY_NAME("EntityName", EdmTypes.STRING),
    FILE("File", EdmTypes.GUID),
    IMAGE("Image", EdmTypes.BINARY),
    INTEGER("Integer", EdmTypes.INT_32),
    LOOKUP("Lookup", EdmTypes.GUID),
    MEMO("Memo", EdmTypes.STRING),
    MONEY("Money", EdmTypes.DECIMAL),
    MULTI_SELECT("MultiSelectPicklist", EdmTypes.STRING),
    OWNER("Owner", EdmTypes.GUID),
    PICKLIST("Picklist", EdmTypes.INT_32),
    STATE("State", EdmTypes.INT_32),
    STATUS("Status", EdmTypes.INT_32),
    STRING("String", EdmTypes.STRING),
    UNIQUEIDENTIFIER("Uniqueidentifier", EdmTypes.GUID);

    private final String attributeType;
    private final EdmTypes edm;

    AttributeTypes(String attributeType, EdmTypes edm) {
        this.attributeType = attributeType;
        this.edm = edm;
    }

    /** The name as the definitions write it, without the ending {@code Type}. */
    public String attributeType() {
        return attributeType;
    }

    /** How it stands in {@code $metadata}. */
    public EdmTypes edm() {
        return edm;
    }

    /**
     * The kind of column of a type; JSON for objects and lists: managed properties, parties, calendar rules, and what is
     * not known.
     */
    public static Kind kind(AttributeDefinition attribute) {
        if (attribute.type().equals(DATE_TIME.attributeType)
                && attribute.dateBehavior().equals("DateOnly")) {
            return Kind.DATE;
        }
        Optional<AttributeTypes> found = Arrays.stream(values())
                .filter(type -> type.attributeType.equals(attribute.type()))
                .findFirst();
        return found.map(type -> type.edm.kind()).orElse(Kind.JSON);
    }
}
