package dev.caravan.schema.odata;

import static dev.caravan.schema.odata.ForeignKey.Found.ID_NAME;
import static dev.caravan.schema.odata.ForeignKey.Found.LINK;
import static dev.caravan.schema.odata.ForeignKey.Found.LOOKUP_NAME;
import static dev.caravan.schema.odata.ForeignKey.Found.NAVIGATION;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ForeignKeysTest {
    private static final String BUSINESS = """
            <EntityType Name="principal" Abstract="true"><Key><PropertyRef Name="ownerid"/></Key>
              <Property Name="ownerid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="systemuser" BaseType="c.principal"><Key><PropertyRef Name="ownerid"/></Key>
              <Property Name="systemuserid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="team" BaseType="c.principal"><Key><PropertyRef Name="ownerid"/></Key>
              <Property Name="teamid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
              <Property Name="accountid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="contact"><Key><PropertyRef Name="contactid"/></Key>
              <Property Name="contactid" Type="Edm.Guid"/><Property Name="_customer_value" Type="Edm.Guid"/>
              <Property Name="_ownerid_value" Type="Edm.Guid"/><Property Name="_account_value" Type="Edm.Guid"/>
              <Property Name="_teamid_value" Type="Edm.Guid"/><Property Name="accountid" Type="Edm.Guid"/>
              <Property Name="versionnumber" Type="Edm.Int64"/><Property Name="_nowhere_value" Type="Edm.Guid"/>
              <Property Name="paid" Type="Edm.Boolean"/>
              <NavigationProperty Name="customer_account" Type="c.account">
                <ReferentialConstraint Property="_customer_value" ReferencedProperty="accountid"/></NavigationProperty>
              <NavigationProperty Name="customer_contact" Type="c.contact">
                <ReferentialConstraint Property="_customer_value" ReferencedProperty="contactid"/></NavigationProperty>
              <NavigationProperty Name="ownerid" Type="c.principal">
                <ReferentialConstraint Property="_ownerid_value" ReferencedProperty="ownerid"/></NavigationProperty>
            </EntityType>
            <EntityType Name="links"><Key><PropertyRef Name="linksid"/></Key><Property Name="linksid" Type="Edm.Guid"/>
              <Property Name="accountidone" Type="Edm.Guid"/><Property Name="contactid" Type="Edm.Guid"/></EntityType>
            <EntityContainer Name="System"><EntitySet Name="systemusers" EntityType="c.systemuser"/>
              <EntitySet Name="teams" EntityType="c.team"/><EntitySet Name="accounts" EntityType="c.account"/>
              <EntitySet Name="contacts" EntityType="c.contact"/><EntitySet Name="linksset" EntityType="c.links"/>
            </EntityContainer>
            """;

    @Test
    void areFoundInThreeWaysEachSaid() {
        Metadata metadata = Csdl.of(BUSINESS);

        assertThat(new ForeignKeys(metadata, Map.of())
                        .of(metadata.set("contacts").orElseThrow()))
                .containsExactly(
                        new ForeignKey("_customer_value", "accounts", "accountid", NAVIGATION),
                        new ForeignKey("_customer_value", "contacts", "contactid", NAVIGATION),
                        new ForeignKey("_ownerid_value", "systemusers", "systemuserid", NAVIGATION),
                        new ForeignKey("_ownerid_value", "teams", "teamid", NAVIGATION),
                        new ForeignKey("_account_value", "accounts", "accountid", LOOKUP_NAME),
                        new ForeignKey("_teamid_value", "teams", "teamid", LOOKUP_NAME),
                        new ForeignKey("accountid", "accounts", "accountid", ID_NAME));
    }

    @Test
    void leadToTheKeyThatATableReallyHas() {
        Metadata metadata = Csdl.of("""
                <EntityType Name="principal" Abstract="true"><Key><PropertyRef Name="ownerid"/></Key>
                  <Property Name="ownerid" Type="Edm.Guid"/></EntityType>
                <EntityType Name="systemuser" BaseType="c.principal"><Key><PropertyRef Name="ownerid"/></Key>
                  <Property Name="systemuserid" Type="Edm.Guid"/></EntityType>
                <EntityType Name="contact"><Key><PropertyRef Name="contactid"/></Key>
                  <Property Name="contactid" Type="Edm.Guid"/><Property Name="_createdby_value" Type="Edm.Guid"/>
                  <NavigationProperty Name="createdby" Type="c.systemuser">
                    <ReferentialConstraint Property="_createdby_value" ReferencedProperty="ownerid"/>
                  </NavigationProperty></EntityType>
                <EntityContainer Name="System"><EntitySet Name="systemusers" EntityType="c.systemuser"/>
                  <EntitySet Name="contacts" EntityType="c.contact"/></EntityContainer>
                """);
        assertThat(new ForeignKeys(metadata, Map.of())
                        .of(metadata.set("contacts").orElseThrow()))
                .containsExactly(new ForeignKey("_createdby_value", "systemusers", "systemuserid", NAVIGATION));
    }

    @Test
    void comeFromLinksWhereNamesSayNothing() {
        Metadata metadata = Csdl.of(BUSINESS);
        EntityDefinition account = new EntityDefinition(
                        "account", "accounts", "accountid", "name", true, false, "", "", Map.of(), List.of())
                .linked(List.of(
                        new EntityDefinition.ManyToMany("links", "account", "accountidone", "contact", "contactid")));

        assertThat(new ForeignKeys(metadata, Map.of("account", account))
                        .of(metadata.set("linksset").orElseThrow()))
                .containsExactly(
                        new ForeignKey("accountidone", "accounts", "accountid", LINK),
                        new ForeignKey("contactid", "contacts", "contactid", LINK));
    }

    @Test
    void coverTheLookupsAndJunctionsOfRealDocuments() {
        Metadata metadata = Csdl.real("embc-ess-2022-10-27.xml.gz");
        ForeignKeys keys = new ForeignKeys(metadata, Map.of());
        List<ForeignKey> junction = keys.of(metadata.set("teammembership").orElseThrow());
        int lookups = 0;
        int covered = 0;
        for (EntitySet set : metadata.sets()) {
            Set<String> columns = new HashSet<>();
            keys.of(set).forEach(key -> columns.add(key.column()));
            for (ODataProperty property : metadata.properties(metadata.typeOf(set))) {
                if (property.name().startsWith("_") && property.name().endsWith("_value")) {
                    lookups++;
                    covered += columns.contains(property.name()) ? 1 : 0;
                }
            }
        }

        assertThat(junction)
                .containsExactlyInAnyOrder(
                        new ForeignKey("systemuserid", "systemusers", "systemuserid", ID_NAME),
                        new ForeignKey("teamid", "teams", "teamid", ID_NAME));
        assertThat(lookups).isGreaterThan(2000);
        assertThat(covered).isGreaterThan(lookups * 9 / 10);
    }

    @Test
    void areThoseOfAPlainServiceToo() {
        Metadata metadata = Csdl.real("Northwind4.xml");

        assertThat(new ForeignKeys(metadata, Map.of()).of(metadata.set("Orders").orElseThrow()))
                .contains(
                        new ForeignKey("CustomerID", "Customers", "CustomerID", NAVIGATION),
                        new ForeignKey("EmployeeID", "Employees", "EmployeeID", NAVIGATION));
    }
}
