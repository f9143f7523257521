package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.EntityRecord;
import dev.caravan.testing.TestData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Two real documents of one environment, months apart: what came, went and changed, under each policy. */
abstract class DataverseDriftContractTest extends DataverseHouseContract {
    /** Properties by entity set, in lower case, read by other means than the product's. */
    private static Map<String, Map<String, String>> properties(byte[] document) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(document))
                .getDocumentElement();
        Map<String, Element> types = new HashMap<>();
        NodeList all = root.getElementsByTagName("EntityType");
        for (int i = 0; i < all.getLength(); i++) {
            Element type = (Element) all.item(i);
            types.put(type.getAttribute("Name"), type);
        }
        Map<String, Map<String, String>> sets = new TreeMap<>();
        NodeList named = root.getElementsByTagName("EntitySet");
        for (int i = 0; i < named.getLength(); i++) {
            Element set = (Element) named.item(i);
            Map<String, String> properties = new TreeMap<>();
            for (Element type = types.get(local(set.getAttribute("EntityType")));
                    type != null;
                    type = types.get(local(type.getAttribute("BaseType")))) {
                NodeList own = type.getElementsByTagName("Property");
                for (int j = 0; j < own.getLength(); j++) {
                    Element property = (Element) own.item(j);
                    properties.put(
                            property.getAttribute("Name").toLowerCase(Locale.ROOT), property.getAttribute("Type"));
                }
            }
            sets.put(set.getAttribute("Name"), properties);
        }
        return sets;
    }

    private static String local(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static byte[] read(String document) throws IOException {
        try (InputStream real = TestData.open("csdl/" + document + ".xml.gz")) {
            return real.readAllBytes();
        }
    }

    /** Columns of a table with their types. */
    private Map<String, String> columns(Connection connection, String table) throws SQLException {
        Map<String, String> names = new TreeMap<>();
        try (var statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                names.put(
                        none.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT),
                        none.getMetaData().getColumnTypeName(i));
            }
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "embc-ess-2021-03-05, embc-ess-2022-10-27, lock",
        "embc-ess-2021-03-05, embc-ess-2022-10-27, evolve",
        "embc-ess-2021-03-05, embc-ess-2022-10-27, freeze",
        "jag-lcrb-2020-04-22, jag-lcrb-2020-11-16, lock",
        "jag-lcrb-2020-04-22, jag-lcrb-2020-11-16, evolve",
        "jag-lcrb-2020-04-22, jag-lcrb-2020-11-16, freeze"
    })
    void everyTableThatIsAnotherIsHandledByThePolicy(String earlier, String later, String policy) throws Exception {
        Map<String, Map<String, String>> before = properties(read(earlier));
        Map<String, Map<String, String>> after = properties(read(later));
        Set<String> different = new TreeSet<>(before.keySet());
        different.removeIf(set -> before.getOrDefault(set, Map.of()).equals(after.get(set)));
        assertThat(different).hasSizeGreaterThan(5);
        house.sandbox.switches().definitions(false);
        house.with("on-schema-change", policy).with("tables", String.join(", ", different));
        house.sandbox.setMetadata(read(earlier));
        assertThat(house.discover()).hasSize(different.size());
        Map<String, Map<String, String>> made = tables(different);

        house.sandbox.setMetadata(read(later));
        house.discover();
        Map<String, Map<String, String>> now = tables(different);
        for (String set : different) {
            Map<String, String> news = after.getOrDefault(set, Map.of());
            Set<String> wanted = new TreeSet<>(of(made, set).keySet());
            if (policy.equals("evolve")) {
                wanted.addAll(news.keySet());
                of(now, set).keySet().removeIf(name -> name.endsWith("_type") && !wanted.contains(name));
            }
            assertThat(of(now, set).keySet()).as(set).isEqualTo(wanted);
            of(made, set)
                    .forEach((column, type) -> assertThat(of(now, set)).as(set).containsEntry(column, type));
            EntityRecord entity = house.engine().stores().entities().find(set).orElseThrow();
            boolean gone = news.isEmpty();
            assertThat(entity.enabled()).as(set).isEqualTo(!gone);
            assertThat(entity.note() != null).as(set).isEqualTo(!gone && policy.equals("freeze"));
        }
    }

    private Map<String, Map<String, String>> tables(Set<String> names) throws SQLException {
        Map<String, Map<String, String>> tables = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(house.jdbcUrl)) {
            for (String name : names) {
                tables.put(name, columns(connection, name));
            }
        }
        return tables;
    }

    private static Map<String, String> of(Map<String, Map<String, String>> tables, String name) {
        return Optional.ofNullable(tables.get(name)).orElseThrow();
    }
}
