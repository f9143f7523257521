package dev.caravan.sandbox.dataverse;

/** The types of the definitions, as {@code $metadata} declares them beside the tables. */
final class MetadataTypes {
    /** Line by line, at the depth of a schema's elements. */
    static final String TEXT = """
                  <EntityType Name="crmmodelbaseentity" Abstract="true" />
                  <EntityType Name="MetadataBase" BaseType="mscrm.crmmodelbaseentity" Abstract="true">
                    <Key>
                      <PropertyRef Name="MetadataId" />
                    </Key>
                    <Property Name="MetadataId" Type="Edm.Guid" />
                  </EntityType>
                  <EntityType Name="EntityMetadata" BaseType="mscrm.MetadataBase">
                    <Property Name="LogicalName" Type="Edm.String" Unicode="false" />
                    <Property Name="SchemaName" Type="Edm.String" Unicode="false" />
                    <Property Name="EntitySetName" Type="Edm.String" Unicode="false" />
                    <Property Name="LogicalCollectionName" Type="Edm.String" Unicode="false" />
                    <Property Name="PrimaryIdAttribute" Type="Edm.String" Unicode="false" />
                    <Property Name="PrimaryNameAttribute" Type="Edm.String" Unicode="false" />
                    <Property Name="ChangeTrackingEnabled" Type="Edm.Boolean" />
                    <Property Name="CanChangeTrackingBeEnabled" Type="mscrm.BooleanManagedProperty" />
                    <Property Name="IsIntersect" Type="Edm.Boolean" />
                    <Property Name="IsActivity" Type="Edm.Boolean" />
                    <Property Name="IsPrivate" Type="Edm.Boolean" Nullable="false" />
                    <Property Name="IsLogicalEntity" Type="Edm.Boolean" />
                    <Property Name="IsCustomEntity" Type="Edm.Boolean" />
                    <Property Name="DataProviderId" Type="Edm.Guid" />
                    <Property Name="ObjectTypeCode" Type="Edm.Int32" />
                    <Property Name="OwnershipType" Type="mscrm.OwnershipTypes" />
                    <Property Name="TableType" Type="Edm.String" Unicode="false" />
                    <Property Name="DisplayName" Type="mscrm.Label" />
                    <NavigationProperty Name="Attributes" Type="Collection(mscrm.AttributeMetadata)" />
                    <NavigationProperty Name="Keys" Type="Collection(mscrm.EntityKeyMetadata)" />
                    <NavigationProperty Name="ManyToManyRelationships" Type="Collection(mscrm.ManyToManyRelationshipMetadata)" />
                    <NavigationProperty Name="ManyToOneRelationships" Type="Collection(mscrm.OneToManyRelationshipMetadata)" />
                    <NavigationProperty Name="OneToManyRelationships" Type="Collection(mscrm.OneToManyRelationshipMetadata)" />
                  </EntityType>
                  <EntityType Name="EntityKeyMetadata" BaseType="mscrm.MetadataBase">
                    <Property Name="LogicalName" Type="Edm.String" Unicode="false" />
                    <Property Name="KeyAttributes" Type="Collection(Edm.String)" Unicode="false" />
                  </EntityType>
                  <EntityType Name="RelationshipMetadataBase" BaseType="mscrm.MetadataBase" Abstract="true">
                    <Property Name="SchemaName" Type="Edm.String" Unicode="false" />
                    <Property Name="RelationshipType" Type="Edm.String" Unicode="false" />
                  </EntityType>
                  <EntityType Name="ManyToManyRelationshipMetadata" BaseType="mscrm.RelationshipMetadataBase">
                    <Property Name="IntersectEntityName" Type="Edm.String" Unicode="false" />
                    <Property Name="Entity1LogicalName" Type="Edm.String" Unicode="false" />
                    <Property Name="Entity1IntersectAttribute" Type="Edm.String" Unicode="false" />
                    <Property Name="Entity1NavigationPropertyName" Type="Edm.String" Unicode="false" />
                    <Property Name="Entity2LogicalName" Type="Edm.String" Unicode="false" />
                    <Property Name="Entity2IntersectAttribute" Type="Edm.String" Unicode="false" />
                    <Property Name="Entity2NavigationPropertyName" Type="Edm.String" Unicode="false" />
                  </EntityType>
                  <EntityType Name="OneToManyRelationshipMetadata" BaseType="mscrm.RelationshipMetadataBase">
                    <Property Name="ReferencingEntity" Type="Edm.String" Unicode="false" />
                    <Property Name="ReferencingAttribute" Type="Edm.String" Unicode="false" />
                    <Property Name="ReferencingEntityNavigationPropertyName" Type="Edm.String" Unicode="false" />
                    <Property Name="ReferencedEntity" Type="Edm.String" Unicode="false" />
                    <Property Name="ReferencedAttribute" Type="Edm.String" Unicode="false" />
                    <Property Name="ReferencedEntityNavigationPropertyName" Type="Edm.String" Unicode="false" />
                  </EntityType>
                  <EntityType Name="AttributeMetadata" BaseType="mscrm.MetadataBase">
                    <Property Name="LogicalName" Type="Edm.String" Unicode="false" />
                    <Property Name="SchemaName" Type="Edm.String" Unicode="false" />
                    <Property Name="EntityLogicalName" Type="Edm.String" Unicode="false" />
                    <Property Name="AttributeOf" Type="Edm.String" Unicode="false" />
                    <Property Name="AttributeType" Type="mscrm.AttributeTypeCode" />
                    <Property Name="AttributeTypeName" Type="mscrm.AttributeTypeDisplayName" />
                    <Property Name="IsValidForRead" Type="Edm.Boolean" />
                    <Property Name="IsPrimaryId" Type="Edm.Boolean" />
                    <Property Name="IsPrimaryName" Type="Edm.Boolean" />
                    <Property Name="IsCustomAttribute" Type="Edm.Boolean" />
                    <Property Name="IsSecured" Type="Edm.Boolean" />
                    <Property Name="RequiredLevel" Type="mscrm.AttributeRequiredLevelManagedProperty" />
                    <Property Name="DisplayName" Type="mscrm.Label" />
                  </EntityType>
                  <EntityType Name="StringAttributeMetadata" BaseType="mscrm.AttributeMetadata">
                    <Property Name="MaxLength" Type="Edm.Int32" />
                    <Property Name="Format" Type="Edm.String" Unicode="false" />
                  </EntityType>
                  <EntityType Name="MemoAttributeMetadata" BaseType="mscrm.AttributeMetadata">
                    <Property Name="MaxLength" Type="Edm.Int32" />
                    <Property Name="Format" Type="Edm.String" Unicode="false" />
                  </EntityType>
                  <EntityType Name="DecimalAttributeMetadata" BaseType="mscrm.AttributeMetadata">
                    <Property Name="Precision" Type="Edm.Int32" />
                  </EntityType>
                  <EntityType Name="MoneyAttributeMetadata" BaseType="mscrm.AttributeMetadata">
                    <Property Name="Precision" Type="Edm.Int32" />
                  </EntityType>
                  <EntityType Name="DoubleAttributeMetadata" BaseType="mscrm.AttributeMetadata">
                    <Property Name="Precision" Type="Edm.Int32" />
                  </EntityType>
                  <EntityType Name="DateTimeAttributeMetadata" BaseType="mscrm.AttributeMetadata">
                    <Property Name="Format" Type="Edm.String" Unicode="false" />
                    <Property Name="DateTimeBehavior" Type="mscrm.DateTimeBehavior" />
                  </EntityType>
                  <EntityType Name="LookupAttributeMetadata" BaseType="mscrm.AttributeMetadata">
                    <Property Name="Targets" Type="Collection(Edm.String)" Unicode="false" />
                  </EntityType>
                  <ComplexType Name="BooleanManagedProperty">
                    <Property Name="Value" Type="Edm.Boolean" />
                    <Property Name="CanBeChanged" Type="Edm.Boolean" />
                    <Property Name="ManagedPropertyLogicalName" Type="Edm.String" Unicode="false" />
                  </ComplexType>
                  <ComplexType Name="AttributeRequiredLevelManagedProperty">
                    <Property Name="Value" Type="Edm.String" Unicode="false" />
                  </ComplexType>
                  <ComplexType Name="AttributeTypeDisplayName">
                    <Property Name="Value" Type="Edm.String" Unicode="false" />
                  </ComplexType>
                  <ComplexType Name="DateTimeBehavior">
                    <Property Name="Value" Type="Edm.String" Unicode="false" />
                  </ComplexType>
                  <ComplexType Name="LocalizedLabel">
                    <Property Name="Label" Type="Edm.String" Unicode="false" />
                    <Property Name="LanguageCode" Type="Edm.Int32" />
                  </ComplexType>
                  <ComplexType Name="Label">
                    <Property Name="LocalizedLabels" Type="Collection(mscrm.LocalizedLabel)" />
                    <Property Name="UserLocalizedLabel" Type="mscrm.LocalizedLabel" />
                  </ComplexType>
                  <EnumType Name="OwnershipTypes">
                    <Member Name="None" Value="0" />
                    <Member Name="UserOwned" Value="1" />
                  </EnumType>
                  <EnumType Name="AttributeTypeCode">
                    <Member Name="Boolean" Value="0" />
                    <Member Name="Customer" Value="1" />
                    <Member Name="DateTime" Value="2" />
                    <Member Name="Decimal" Value="3" />
                    <Member Name="Double" Value="4" />
                    <Member Name="Integer" Value="5" />
                    <Member Name="Lookup" Value="6" />
                    <Member Name="Memo" Value="7" />
                    <Member Name="Money" Value="8" />
                    <Member Name="Owner" Value="9" />
                    <Member Name="Picklist" Value="11" />
                    <Member Name="State" Value="12" />
                    <Member Name="Status" Value="13" />
                    <Member Name="String" Value="14" />
                    <Member Name="Uniqueidentifier" Value="15" />
                    <Member Name="Virtual" Value="17" />
                    <Member Name="BigInt" Value="18" />
                    <Member Name="ManagedProperty" Value="19" />
                  </EnumType>
            """;

    private MetadataTypes() {}
}
