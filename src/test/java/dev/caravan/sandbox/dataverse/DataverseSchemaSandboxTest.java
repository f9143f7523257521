package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What {@code $metadata} and the definitions say of the tables, and that both say the same. */
class DataverseSchemaSandboxTest {
    private static final String CONTACT = "EntityDefinitions(LogicalName='contact')";

    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);

    @BeforeEach
    void publish() {
        DataverseBusiness.publish(sandbox, DataverseBusiness.Size.small());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void everyReferenceInTheDocumentResolves() throws Exception {
        Document document =
                document(caller.get("$metadata", "Accept: application/xml").body());
        Map<String, Element> types = new HashMap<>();
        elements(document.getElementsByTagName("EntityType")).forEach(type -> types.put(name(type), type));
        for (Element type : types.values()) {
            if (type.hasAttribute("BaseType")) {
                assertThat(types).containsKey(type.getAttribute("BaseType").replace("mscrm.", ""));
            }
            for (Element navigation : elements(type.getElementsByTagName("NavigationProperty"))) {
                String target = navigation.getAttribute("Type").replaceAll("Collection\\(|mscrm\\.|\\)", "");
                assertThat(types).containsKey(target);
                for (Element constraint : elements(navigation.getElementsByTagName("ReferentialConstraint"))) {
                    assertThat(properties(type)).contains(constraint.getAttribute("Property"));
                    assertThat(properties(of(types, target))).contains(constraint.getAttribute("ReferencedProperty"));
                }
            }
        }
        Set<String> sets = new HashSet<>();
        elements(document.getElementsByTagName("EntitySet")).forEach(set -> {
            sets.add(name(set));
            assertThat(types).containsKey(set.getAttribute("EntityType").replace("Microsoft.Dynamics.CRM.", ""));
        });
        assertThat(sets)
                .containsAll(sandbox.entitySets())
                .contains("EntityDefinitions")
                .hasSize(24);
        elements(document.getElementsByTagName("NavigationPropertyBinding"))
                .forEach(binding -> assertThat(sets).contains(binding.getAttribute("Target")));
    }

    @Test
    void keysAreInheritedOrDisagree() {
        String text = sandbox.metadata();
        String user = between(text, "<EntityType Name=\"systemuser\"", "</EntityType>");
        String team = between(text, "<EntityType Name=\"team\"", "</EntityType>");
        assertThat(user).contains("<PropertyRef Name=\"ownerid\" />").doesNotContain("<Property Name=\"ownerid\"");
        assertThat(team).doesNotContain("<Key>").contains("BaseType=\"mscrm.principal\"");
        JsonNode definition =
                caller.get("EntityDefinitions(LogicalName='systemuser')").json();
        assertThat(definition.path("PrimaryIdAttribute").asText()).isEqualTo("systemuserid");
        DataverseRow row = sandbox.rows("systemusers").get(0);
        assertThat(row.value("ownerid")).isEqualTo(row.key()).isEqualTo(row.value("systemuserid"));
    }

    @Test
    void aPolymorphicLookupHasSeveralNavigationProperties() {
        String contact = between(sandbox.metadata(), "<EntityType Name=\"contact\"", "</EntityType>");
        assertThat(contact)
                .contains("<Property Name=\"_parentcustomerid_value\" Type=\"Edm.Guid\" />")
                .contains("<NavigationProperty Name=\"parentcustomerid_account\" Type=\"mscrm.account\"")
                .contains("<NavigationProperty Name=\"parentcustomerid_contact\" Type=\"mscrm.contact\"")
                .contains("<NavigationProperty Name=\"ownerid\" Type=\"mscrm.principal\"")
                .contains("<ReferentialConstraint Property=\"_ownerid_value\" ReferencedProperty=\"ownerid\" />");
    }

    @Test
    void aJunctionHasTwoIdsAndNothingElse() {
        String junction =
                between(sandbox.metadata(), "<EntityType Name=\"vin_vin_candidate_account\"", "</EntityType>");
        assertThat(junction)
                .contains("Name=\"accountid\"")
                .contains("Name=\"vin_candidateid\"")
                .contains("Name=\"versionnumber\" Type=\"Edm.Int64\"")
                .doesNotContain("modifiedon")
                .doesNotContain("NavigationProperty");
        String account = between(sandbox.metadata(), "<EntityType Name=\"account\"", "</EntityType>");
        assertThat(account)
                .contains(
                        "<NavigationProperty Name=\"vin_vin_candidate_account_association\""
                                + " Type=\"Collection(mscrm.vin_candidate)\" Partner=\"vin_vin_candidate_account_association\"");
    }

    @Test
    void anyDocumentIsServedToTheByte() {
        String other = "\ufeff<edmx:Edmx Version=\"4.0\"/>";
        sandbox.setMetadata(other.getBytes(StandardCharsets.UTF_8));
        assertThat(caller.get("$metadata").body()).isEqualTo(other);
        sandbox.setMetadata(null);
        assertThat(caller.get("$metadata").body()).isEqualTo(sandbox.metadata());
    }

    @Test
    void definitionsGiveWhatIsSelected() {
        JsonNode all = caller.get(
                        "EntityDefinitions?$select=LogicalName,EntitySetName,IsIntersect,ChangeTrackingEnabled")
                .json()
                .path("value");
        assertThat(all).hasSize(23);
        int junctions = 0;
        for (JsonNode each : all) {
            assertThat(each).hasSize(5);
            assertThat(sandbox.entitySets()).contains(each.path("EntitySetName").asText());
            boolean junction = each.path("IsIntersect").asBoolean();
            junctions += junction ? 1 : 0;
            assertThat(each.path("ChangeTrackingEnabled").asBoolean()).isEqualTo(!junction);
        }
        assertThat(junctions).isEqualTo(7);
        assertThat(caller.get("EntityDefinitions?$filter=IsIntersect%20eq%20true")
                        .json()
                        .path("value"))
                .hasSize(7);
        assertThat(caller.get("EntityDefinitions?$select=Nothing").status()).isEqualTo(400);
        assertThat(caller.get("EntityDefinitions(LogicalName='nothing')").status())
                .isEqualTo(404);
    }

    @Test
    void attributesAreExpandedAndCast() {
        JsonNode contact = caller.get(CONTACT + "?$select=LogicalName&$expand=Attributes($select=LogicalName,"
                        + "AttributeType,AttributeTypeName,AttributeOf,IsValidForRead,IsPrimaryId),Keys")
                .json();
        Map<String, JsonNode> attributes = new HashMap<>();
        contact.path("Attributes")
                .forEach(each -> attributes.put(each.path("LogicalName").asText(), each));
        assertThat(of(attributes, "contactid").path("IsPrimaryId").asBoolean()).isTrue();
        assertThat(of(attributes, "parentcustomerid").path("AttributeType").asText())
                .isEqualTo("Customer");
        assertThat(of(attributes, "owneridname").path("AttributeOf").asText()).isEqualTo("ownerid");
        assertThat(of(attributes, "birthdate").at("/AttributeTypeName/Value").asText())
                .isEqualTo("DateTimeType");
        assertThat(contact.path("Keys").isArray()).isTrue();
        assertThat(cast("StringAttributeMetadata?$select=LogicalName,MaxLength", "fullname")
                        .path("MaxLength")
                        .asInt())
                .isEqualTo(200);
        assertThat(cast("DateTimeAttributeMetadata?$select=LogicalName,DateTimeBehavior", "birthdate")
                        .at("/DateTimeBehavior/Value")
                        .asText())
                .isEqualTo("DateOnly");
        assertThat(cast("MoneyAttributeMetadata", "cr5f2_insuredvalue_01")
                        .path("Precision")
                        .asInt())
                .isEqualTo(4);
        assertThat(cast("LookupAttributeMetadata", "parentcustomerid").path("Targets"))
                .hasSize(2);
        assertThat(cast("PicklistAttributeMetadata?$select=LogicalName,OptionSet", "familystatuscode")
                        .at("/OptionSet/Options"))
                .hasSize(3);
        assertThat(caller.get(CONTACT + "/Attributes?$select=MaxLength").status())
                .isEqualTo(400);
    }

    @Test
    void relationshipsAreListed() {
        JsonNode joins = caller.get("EntityDefinitions(LogicalName='account')/ManyToManyRelationships")
                .json()
                .path("value");
        assertThat(joins).hasSize(3);
        assertThat(joins.get(0).path("Entity1IntersectAttribute").asText()).isEqualTo("accountid");
        JsonNode references =
                caller.get(CONTACT + "/ManyToOneRelationships").json().path("value");
        List<String> targets = new ArrayList<>();
        references.forEach(each -> targets.add(each.path("ReferencingAttribute").asText() + ">"
                + each.path("ReferencedEntity").asText()));
        assertThat(targets).contains("parentcustomerid>account", "parentcustomerid>contact", "ownerid>team");
    }

    @Test
    void definitionsMayBeForbidden() {
        sandbox.switches().definitions(false);
        assertThat(caller.get("EntityDefinitions").status()).isEqualTo(403);
        assertThat(caller.get("$metadata").status()).isEqualTo(200);
    }

    @Test
    void anotherKeyMayBeDeclared() {
        sandbox.table("contacts").declareKey("lastname");
        assertThat(between(sandbox.metadata(), "<EntityType Name=\"contact\"", "</Key>"))
                .contains("<PropertyRef Name=\"lastname\" />");
        List<JsonNode> rows = new ArrayList<>();
        caller.pages("contacts", rows, "Prefer: odata.maxpagesize=50");
        assertThat(rows).hasSize(sandbox.table("contacts").size());
    }

    private JsonNode cast(String cast, String attribute) {
        for (JsonNode each : caller.get(CONTACT + "/Attributes/Microsoft.Dynamics.CRM." + cast)
                .json()
                .path("value")) {
            if (each.path("LogicalName").asText().equals(attribute)) {
                return each;
            }
        }
        throw new AssertionError(attribute + " is not among " + cast);
    }

    private static Document document(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static <T> T of(Map<String, T> named, String name) {
        T found = named.get(name);
        if (found == null) {
            throw new AssertionError("No " + name);
        }
        return found;
    }

    private static Set<String> properties(Element type) {
        Set<String> names = new HashSet<>();
        elements(type.getElementsByTagName("Property")).forEach(each -> names.add(name(each)));
        if (type.getAttribute("BaseType").equals("mscrm.principal")) {
            names.add("ownerid");
        }
        return names;
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String name(Element element) {
        return element.getAttribute("Name");
    }

    private static String between(String text, String from, String to) {
        int start = text.indexOf(from);
        return text.substring(start, text.indexOf(to, start));
    }
}
