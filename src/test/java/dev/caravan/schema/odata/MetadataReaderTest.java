package dev.caravan.schema.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetadataReaderTest {
    private static final String TWO_TYPES = """
            <EntityType Name="base" Abstract="true"><Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.Guid" Nullable="false"/></EntityType>
            <EntityType Name="item" BaseType="c.base" OpenType="true">
              <Property Name="name" Type="Edm.String" MaxLength="40" Unicode="false"/>
              <Property Name="text" Type="Edm.String" MaxLength="max"/>
              <Property Name="price" Type="Edm.Decimal" Precision="10" Scale="2"/>
              <Property Name="whole" Type="Edm.Decimal" Precision="10"/>
              <Property Name="any" Type="Edm.Decimal" Scale="Variable"/>
              <Property Name="tags" Type="Collection(Edm.String)"/>
              <Property Name="_parent_value" Type="Edm.Guid"/>
              <NavigationProperty Name="parent" Type="c.item" Partner="children">
                <ReferentialConstraint Property="_parent_value" ReferencedProperty="id"/></NavigationProperty>
              <NavigationProperty Name="children" Type="Collection(c.item)" Partner="parent"/>
              <Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection><Record>
                <PropertyValue Property="Key"><Collection><Record><PropertyValue Property="Alias" String="name"/>
                </Record></Collection></PropertyValue></Record></Collection></Annotation>
            </EntityType>
            <EnumType Name="colour"><Member Name="red" Value="0"/></EnumType>
            <TypeDefinition Name="money" UnderlyingType="Edm.Decimal"/>
            <ComplexType Name="place"><Property Name="street" Type="Edm.String"/></ComplexType>
            <Function Name="f"><Parameter Name="p" Type="Edm.String"/><ReturnType Type="c.item"/></Function>
            <EntityContainer Name="System"><EntitySet Name="items" EntityType="Contoso.item">
              <NavigationPropertyBinding Path="parent" Target="items"/></EntitySet></EntityContainer>
            """;

    @TempDir
    Path folder;

    @Test
    void readsTypesWithWhatTheyInherit() {
        Metadata metadata = Csdl.of(TWO_TYPES);
        EntityType item = metadata.type("c.item").orElseThrow();

        assertThat(metadata.properties(item))
                .containsExactly(
                        new ODataProperty("id", "Edm.Guid", false, false, 0, 0, -1),
                        new ODataProperty("name", "Edm.String", false, true, 40, 0, -1),
                        new ODataProperty("text", "Edm.String", false, true, 0, 0, -1),
                        new ODataProperty("price", "Edm.Decimal", false, true, 0, 10, 2),
                        new ODataProperty("whole", "Edm.Decimal", false, true, 0, 10, 0),
                        new ODataProperty("any", "Edm.Decimal", false, true, 0, 0, -1),
                        new ODataProperty("tags", "Edm.String", true, true, 0, 0, -1),
                        new ODataProperty("_parent_value", "Edm.Guid", false, true, 0, 0, -1));
        assertThat(metadata.declaredKey(item)).containsExactly("id");
        assertThat(item.isOpen()).isTrue();
        assertThat(metadata.type("Contoso.base").orElseThrow().isAbstract()).isTrue();
        assertThat(metadata.derived(metadata.type("c.base").orElseThrow())).containsExactly(item);
    }

    @Test
    void readsNavigationAndWhatElseTypesAreMadeOf() {
        Metadata metadata = Csdl.of(TWO_TYPES);

        assertThat(metadata.navigations(metadata.type("c.item").orElseThrow()))
                .extracting(Navigation::name, Navigation::collection, Navigation::partner)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("parent", false, "children"),
                        org.assertj.core.groups.Tuple.tuple("children", true, "parent"));
        assertThat(metadata.navigations(metadata.type("c.item").orElseThrow())
                        .get(0)
                        .constraints())
                .containsExactly(new Navigation.Constraint("_parent_value", "id"));
        assertThat(metadata.isEnum("c.colour")).isTrue();
        assertThat(metadata.underlying("c.money")).isEqualTo("Edm.Decimal");
    }

    @Test
    void findsASetByItsNameOrByItsLogicalName() {
        Metadata metadata = Csdl.of(TWO_TYPES);

        for (String name : new String[] {"items", "item", "ITEMS", "Item"}) {
            assertThat(metadata.set(name)).map(EntitySet::name).contains("items");
        }
        assertThat(metadata.set("place")).isEmpty();
    }

    @Test
    void keepsOnlyOutlinesOfTypesThatNoWantedSetNeeds() {
        Metadata metadata = Csdl.of("""
                <EntityType Name="a"><Key><PropertyRef Name="aid"/></Key><Property Name="aid" Type="Edm.Guid"/>
                  <Property Name="x" Type="Edm.String"/></EntityType>
                <EntityType Name="b"><Key><PropertyRef Name="bid"/></Key><Property Name="bid" Type="Edm.Guid"/>
                  <Property Name="aid" Type="Edm.Guid"/></EntityType>
                <EntityContainer Name="System"><EntitySet Name="as" EntityType="c.a"/><EntitySet Name="bs" EntityType="c.b"/>
                </EntityContainer>""").only(set -> set.name().equals("bs"));

        assertThat(metadata.properties(metadata.type("c.a").orElseThrow()))
                .extracting(ODataProperty::name)
                .containsExactly("aid");
        assertThat(new ForeignKeys(metadata, java.util.Map.of())
                        .of(metadata.set("bs").orElseThrow()))
                .containsExactly(new ForeignKey("aid", "as", "aid", ForeignKey.Found.ID_NAME));
    }

    @Test
    void passesOverAByteOrderMark() {
        assertThat(Csdl.read("\uFEFF" + Csdl.document(TWO_TYPES)).sets()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no XML at all         | {"error":{"code":"0x80060888"}}
            an empty answer       | ''
            some other XML        | <html><body>Sign in</body></html>
            OData 2               | <edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"/>
            a document type       | <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Edmx Version="4.0">&e;</Edmx>
            half a document       | <Edmx Version="4.0"><DataServices>
            a type without a name | <Edmx Version="4.0"><Schema Namespace="n"><EntityType/></Schema></Edmx>
            a set told twice      | <Edmx Version="4.0"><EntitySet Name="a" EntityType="b"/><EntitySet Name="a" EntityType="b"/></Edmx>
            """)
    void refuses(String what, String document) {
        assertThatThrownBy(() -> Csdl.read(document))
                .as(what)
                .isInstanceOf(CaravanException.class)
                .satisfies(failure ->
                        assertThat(((CaravanException) failure).code()).isEqualTo("METADATA_UNREADABLE"));
    }

    @Test
    void opensNothingThatADocumentNames() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.xml"), "<a/>");
        String document =
                "<?xml version=\"1.0\"?><!DOCTYPE Edmx SYSTEM \"" + secret.toUri() + "\"><Edmx Version=\"4.0\"/>";

        assertThatThrownBy(() -> Csdl.read(document)).hasMessageContaining("document type");
    }

    @Test
    void refusesATypeThatExtendsItself() {
        Metadata metadata =
                Csdl.of("<EntityType Name=\"a\" BaseType=\"c.b\"/><EntityType Name=\"b\" BaseType=\"c.a\"/>");

        assertThatThrownBy(() -> metadata.properties(metadata.type("c.a").orElseThrow()))
                .hasMessageContaining("extends itself");
    }

    @Test
    void refusesWhatIsTooDeepTooLongOrOnePiece() {
        assertThatThrownBy(() -> Csdl.of("<a>".repeat(100) + "</a>".repeat(100)))
                .hasMessageContaining("nests deeper");
        assertThatThrownBy(() -> Csdl.of("<Annotation String=\"" + "x".repeat(2 << 20) + "\"/>"))
                .hasMessageContaining("one piece");
        byte[] bytes = Csdl.document(TWO_TYPES).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> MetadataReader.read(new ByteArrayInputStream(bytes), 1000))
                .hasMessageContaining("longer than 1000 bytes");
    }

    @Test
    void takesABrokenConnectionForTrouble() {
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(new byte[0])) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("Connection reset");
            }
        };

        assertThatThrownBy(() -> MetadataReader.read(broken, Csdl.MOST))
                .satisfies(failure ->
                        assertThat(((CaravanException) failure).kind()).isEqualTo(FaultKind.TRANSIENT));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "embc-ess-2021-03-05.xml.gz, 341, 312",
        "embc-ess-2022-10-27.xml.gz, 360, 331",
        "jag-lcrb-2020-04-22.xml.gz, 402, 373",
        "jag-lcrb-2020-11-16.xml.gz, 423, 394",
        "Northwind4.xml, 32, 29"
    })
    void readsRealDocuments(String file, int types, int sets) {
        Metadata metadata = Csdl.real(file);

        assertThat(metadata.types()).hasSize(types);
        assertThat(metadata.sets()).hasSize(sets);
        for (EntitySet set : metadata.sets()) {
            assertThat(metadata.properties(metadata.typeOf(set))).as(set.name()).isNotEmpty();
        }
    }

    @Test
    void countsWhatRealTypesDeclare() {
        Metadata metadata = Csdl.real("embc-ess-2022-10-27.xml.gz");
        long versioned = metadata.types().stream()
                .filter(type -> type.properties().stream()
                        .anyMatch(property -> property.name().equals("versionnumber")))
                .count();
        long constraints = metadata.types().stream()
                .flatMap(type -> type.navigations().stream())
                .mapToLong(navigation -> navigation.constraints().size())
                .sum();

        assertThat(versioned).isEqualTo(259);
        assertThat(constraints).isEqualTo(3335);
    }
}
