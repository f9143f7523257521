package dev.caravan.schema.odata;

import dev.caravan.model.ColumnType;
import dev.caravan.model.ColumnType.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * What becomes of OData's primitive types (<a
 * href="https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/odata-csdl-xml-v4.01.html#sec_PrimitiveTypes">CSDL, primitive
 * types</a>): one table. Decimals have no bounds, as Dataverse declares them all with a variable scale.
 */
public enum EdmTypes {
    GUID("Edm.Guid", Kind.UUID),
    STRING("Edm.String", Kind.TEXT),
    BOOLEAN("Edm.Boolean", Kind.BOOLEAN),
    BYTE("Edm.Byte", Kind.INTEGER),
    S_BYTE("Edm.SByte", Kind.INTEGER),
    INT_16("Edm.Int16", Kind.INTEGER),
    INT_32("Edm.Int32", Kind.INTEGER),
    INT_64("Edm.Int64", Kind.INTEGER),
    DECIMAL("Edm.Decimal", Kind.DECIMAL),
    DOUBLE("Edm.Double", Kind.DOUBLE),
    SINGLE("Edm.Single", Kind.DOUBLE),
    DATE("Edm.Date", Kind.DATE),
    DATE_TIME_OFFSET("Edm.DateTimeOffset", Kind.TIMESTAMP),
    TIME_OF_DAY("Edm.TimeOfDay", Kind.TEXT),
    DURATION("Edm.Duration", Kind.TEXT),
    BINARY("Edm.Binary", Kind.BINARY),
    STREAM("Edm.Stream", Kind.TEXT);

    private final String edm;
    private final Kind kind;

    EdmTypes(String edm, Kind kind) {
        this.edm = edm;
        this.kind = kind;
    }

    /** The name, {@code Edm.Guid}. */
    public String edm() {
        return edm;
    }

    /** The kind of column. */
    public Kind kind() {
        return kind;
    }

    /** The row of a type's name; empty for a complex type, a collection, a place on earth, or what is not known. */
    public static Optional<EdmTypes> of(String edm) {
        return Arrays.stream(values()).filter(type -> type.edm.equals(edm)).findFirst();
    }

    /**
     * The column for a property; text is JSON where the value is an object or a list. Lengths and digits of Dataverse's
     * definitions bound what may be entered from now on, not what old rows hold: they are told, and enforced nowhere.
     */
    public static ColumnType of(ODataProperty property, Metadata metadata) {
        if (property.collection()) {
            return ColumnType.of(Kind.JSON);
        }
        String type = metadata.underlying(property.type());
        Kind kind =
                metadata.isEnum(type) ? Kind.TEXT : of(type).map(EdmTypes::kind).orElse(Kind.JSON);
        return kind == Kind.TEXT ? ColumnType.text(property.maxLength()) : ColumnType.of(kind);
    }
}
