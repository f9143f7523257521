package dev.caravan.schema.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.testing.TestData;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DefinitionsTest {
    private static final String REAL = "dataverse-json/terraform-provider-power-platform/data_record__";

    @Test
    void readsATableWithItsColumns() {
        EntityDefinition table = DefinitionReader.tables(in("""
                        {"@odata.context":"x","LogicalName":"contact","EntitySetName":"contacts","PrimaryIdAttribute":"contactid",
                         "PrimaryNameAttribute":"fullname","ChangeTrackingEnabled":true,"IsIntersect":false,"DataProviderId":null,
                         "IsCustomizable":{"Value":true,"CanBeChanged":false,"Deep":{"a":[1]}},"Privileges":[{"Name":"p"}],
                         "Attributes":[
                          {"@odata.type":"#Microsoft.Dynamics.CRM.StringAttributeMetadata","LogicalName":"fullname",
                           "AttributeType":"String","AttributeTypeName":{"Value":"StringType"},"AttributeOf":null,
                           "IsValidForRead":true,"IsPrimaryId":false,"RequiredLevel":{"Value":"None","CanBeChanged":true}},
                          {"LogicalName":"interests","AttributeType":"Virtual","AttributeTypeName":{"Value":"MultiSelectPicklistType"}},
                          {"LogicalName":"owneridname","AttributeType":"String","AttributeOf":"ownerid","IsValidForRead":false}]}
                        """)).get(0);

        assertThat(table.primaryId()).isEqualTo("contactid");
        assertThat(table.changeTracking()).isTrue();
        assertThat(column(table, "fullname"))
                .isEqualTo(new AttributeDefinition(
                        "fullname", "String", "", true, false, "None", 0, -1, "", List.of(), ""));
        assertThat(column(table, "interests").type()).isEqualTo("MultiSelectPicklist");
        assertThat(column(table, "owneridname").attributeOf()).isEqualTo("ownerid");
        assertThat(column(table, "owneridname").readable()).isFalse();
    }

    @Test
    void addsWhatCastsKnowOfColumns() {
        EntityDefinition table = DefinitionReader.tables(
                        in("{\"value\":[{\"LogicalName\":\"contact\",\"Attributes\":[{\"LogicalName\":\"a\","
                                + "\"AttributeTypeName\":{\"Value\":\"StringType\"}}]}]}"))
                .get(0);
        List<AttributeDefinition> casts = DefinitionReader.columns(in("""
                        {"value":[{"LogicalName":"a","MaxLength":160,"MetadataId":"x"},{"LogicalName":"revenue","Precision":2},
                         {"LogicalName":"birthdate","DateTimeBehavior":{"Value":"DateOnly"},"Format":"DateOnly"},
                         {"LogicalName":"ownerid","Targets":["systemuser","team"]}]}"""));
        EntityDefinition whole = table.with(casts);

        assertThat(column(whole, "a").maxLength()).isEqualTo(160);
        assertThat(column(whole, "a").type()).isEqualTo("String");
        assertThat(column(whole, "revenue").precision()).isEqualTo(2);
        assertThat(column(whole, "birthdate").dateBehavior()).isEqualTo("DateOnly");
        assertThat(column(whole, "ownerid").targets()).containsExactly("systemuser", "team");
    }

    @Test
    void readsRealDefinitions() {
        EntityDefinition contact = tables(REAL + "datasource_get_entitydefinition_contact.json");
        EntityDefinition account = tables(REAL + "resource_Validate_Create_get_entitydefinition_account.json");

        assertThat(contact.entitySet()).isEqualTo("contacts");
        assertThat(contact.primaryId()).isEqualTo("contactid");
        assertThat(contact.changeTracking()).isTrue();
        assertThat(account.tableType()).isEqualTo("Standard");
        assertThat(account.links())
                .containsExactly(new EntityDefinition.ManyToMany(
                        "powerpagecomponent_mspp_webrole_account",
                        "powerpagecomponent",
                        "powerpagecomponentid",
                        "account",
                        "accountid"));
    }

    @Test
    void readsRealColumns() {
        List<AttributeDefinition> columns = DefinitionReader.columns(
                TestData.open("dataverse-json/amp-labs-connectors/metadata_contacts_attributes.json"));

        assertThat(columns)
                .extracting(AttributeDefinition::name, AttributeDefinition::type)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("adx_identity_newpassword", "String"),
                        org.assertj.core.groups.Tuple.tuple("versionnumber", "BigInt"),
                        org.assertj.core.groups.Tuple.tuple("exchangerate", "Decimal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html/>", "{\"value\":[{\"LogicalName\":\"a\"", "{\"value\":[]"})
    void refusesWhatIsNoAnswer(String answer) {
        assertThatThrownBy(() -> DefinitionReader.tables(in(answer))).hasMessageContaining("table definitions");
    }

    @Test
    void asksAsTheWebApiWantsIt() {
        DefinitionRequests requests = new DefinitionRequests(Csdl.of(""));

        assertThat(requests.columns("o'x")).isEqualTo("EntityDefinitions(LogicalName='o''x')/Attributes");
        assertThat(requests.links())
                .isEqualTo("RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata"
                        + "?$select=IntersectEntityName,Entity1LogicalName,Entity1IntersectAttribute,"
                        + "Entity2LogicalName,Entity2IntersectAttribute");
    }

    @Test
    void asksOldEnvironmentsOnlyForWhatTheyDeclare() {
        DefinitionRequests requests = new DefinitionRequests(Csdl.real("jag-lcrb-2020-11-16.xml.gz"));

        assertThat(requests.tables()).contains("ChangeTrackingEnabled").doesNotContain("TableType");
    }

    @Test
    void isTheSameAfterItWasKeptAsText() {
        EntityDefinition plain = new EntityDefinition(
                "contact", "contacts", "contactid", "fullname", true, false, "", "", Map.of(), List.of());
        List<AttributeDefinition> columns = List.of(
                new AttributeDefinition(
                        "fullname", "String", "", true, false, "SystemRequired", 160, -1, "", List.of(), ""),
                new AttributeDefinition(
                        "birthdate", "DateTime", "", true, false, "None", 0, -1, "DateOnly", List.of(), ""),
                new AttributeDefinition("secret \"x\"", "Money", "x", false, false, "", 0, 4, "", List.of(), ""));
        List<EntityDefinition.ManyToMany> links =
                List.of(new EntityDefinition.ManyToMany("links", "account", "accountid", "contact", "contactid"));

        EntityDefinition read = DefinitionText.read(plain, DefinitionText.write(columns, links));
        assertThat(read).isEqualTo(plain.with(columns).linked(links));
        assertThat(DefinitionText.read(plain, "no text of ours")).isEqualTo(plain);
    }

    private static AttributeDefinition column(EntityDefinition table, String name) {
        return Objects.requireNonNull(table.attributes().get(name));
    }

    private static EntityDefinition tables(String file) {
        return DefinitionReader.tables(TestData.open(file)).get(0);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
