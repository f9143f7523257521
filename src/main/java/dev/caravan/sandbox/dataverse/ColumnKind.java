package dev.caravan.sandbox.dataverse;

/** The kinds of column there are, each with what the two descriptions of the schema call it. */
public enum ColumnKind {
    /** An id that is no lookup. */
    GUID("Edm.Guid", "Uniqueidentifier", "UniqueidentifierType", "UniqueIdentifier"),
    /** Text on one line. */
    STRING("Edm.String", "String", "StringType", "String"),
    /** Text of several lines. */
    MEMO("Edm.String", "Memo", "MemoType", "Memo"),
    /** 32 bits. */
    INTEGER("Edm.Int32", "Integer", "IntegerType", "Integer"),
    /** 64 bits. */
    BIGINT("Edm.Int64", "BigInt", "BigIntType", "BigInt"),
    /** Exact, with a fixed number of digits after the point. */
    DECIMAL("Edm.Decimal", "Decimal", "DecimalType", "Decimal"),
    /** Exact, in the row's currency. */
    MONEY("Edm.Decimal", "Money", "MoneyType", "Money"),
    /** Floating point. */
    DOUBLE("Edm.Double", "Double", "DoubleType", "Double"),
    /** Two options. */
    BOOLEAN("Edm.Boolean", "Boolean", "BooleanType", "Boolean"),
    /** A moment in whole seconds, {@code 2024-06-12T14:13:25Z}. */
    DATETIME("Edm.DateTimeOffset", "DateTime", "DateTimeType", "DateTime"),
    /** A day, {@code 1990-01-15}. */
    DATE("Edm.Date", "DateTime", "DateTimeType", "DateTime"),
    /** One of some choices, as its number. */
    PICKLIST("Edm.Int32", "Picklist", "PicklistType", "Picklist"),
    /** 0 active, 1 inactive. */
    STATE("Edm.Int32", "State", "StateType", "State"),
    /** The reason of the state. */
    STATUS("Edm.Int32", "Status", "StatusType", "Status"),
    /** Any of some choices, as text of numbers with commas between. */
    MULTISELECT("Edm.String", "Virtual", "MultiSelectPicklistType", "MultiSelectPicklist"),
    /** A reference to a row of one table. */
    LOOKUP("Edm.Guid", "Lookup", "LookupType", "Lookup"),
    /** A reference to an account or a contact. */
    CUSTOMER("Edm.Guid", "Customer", "CustomerType", "Lookup"),
    /** A reference to a user or a team. */
    OWNER("Edm.Guid", "Owner", "OwnerType", "Lookup"),
    /** An object of three members; a Map in a row. */
    MANAGED("mscrm.BooleanManagedProperty", "ManagedProperty", "ManagedPropertyType", "ManagedProperty");

    private final String edmType;
    private final String attributeType;
    private final String attributeTypeName;
    private final String metadataType;

    ColumnKind(String edmType, String attributeType, String attributeTypeName, String metadataType) {
        this.edmType = edmType;
        this.attributeType = attributeType;
        this.attributeTypeName = attributeTypeName;
        this.metadataType = metadataType + "AttributeMetadata";
    }

    /** The type in {@code $metadata}. */
    public String edmType() {
        return edmType;
    }

    /** {@code AttributeType} in the definitions. */
    public String attributeType() {
        return attributeType;
    }

    /** {@code AttributeTypeName} in the definitions. */
    public String attributeTypeName() {
        return attributeTypeName;
    }

    /** The type to cast to in the definitions, without its namespace. */
    public String metadataType() {
        return metadataType;
    }

    /** Whether its values refer to rows and its property is called {@code _x_value}. */
    public boolean isReference() {
        return this == LOOKUP || this == CUSTOMER || this == OWNER;
    }

    boolean isText() {
        return this == STRING || this == MEMO || this == MULTISELECT;
    }

    boolean isChoice() {
        return this == PICKLIST || this == STATE || this == STATUS;
    }

    boolean isWhole() {
        return this == INTEGER || this == BIGINT || isChoice();
    }

    boolean isId() {
        return this == GUID || isReference();
    }
}
