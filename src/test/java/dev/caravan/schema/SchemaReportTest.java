package dev.caravan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.schema.SchemaReport.Finding;
import dev.caravan.schema.SchemaReport.Level;
import dev.caravan.schema.SchemaReport.OfTable;
import dev.caravan.testing.HostileNames;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

final class SchemaReportTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Column column(String name, String declared, ColumnType.Kind kind) {
        return new Column(name, declared, ColumnType.of(kind), true, name.equals("id"));
    }

    private static Columns columns(Column... columns) {
        return new Columns(List.of(columns), List.of("id"));
    }

    @Test
    void whatIsGoneOrDoesNotFitIsAnErrorWhatShrinksAWarningWhatIsNewNone() {
        Columns table = columns(
                column("id", "Edm.Guid", ColumnType.Kind.UUID),
                column("gone", "Edm.String", ColumnType.Kind.TEXT),
                column("day", "Edm.DateTimeOffset", ColumnType.Kind.TIMESTAMP),
                column("wide", "Edm.Date", ColumnType.Kind.DATE),
                column("less", "Edm.String String(100)", ColumnType.Kind.TEXT),
                column("more", "Edm.Decimal Money(2) -> nowhere", ColumnType.Kind.DECIMAL),
                column("same", "Edm.String String(5)", ColumnType.Kind.TEXT));
        Columns source = columns(
                column("id", "Edm.Guid", ColumnType.Kind.UUID),
                column("day", "Edm.Date", ColumnType.Kind.DATE),
                column("wide", "Edm.DateTimeOffset", ColumnType.Kind.TIMESTAMP),
                column("less", "Edm.String String(50)", ColumnType.Kind.TEXT),
                column("more", "Edm.Decimal Money(4)", ColumnType.Kind.DECIMAL),
                column("same", "Edm.String String(5)", ColumnType.Kind.TEXT),
                column("new", "Edm.String", ColumnType.Kind.TEXT));

        assertThat(SchemaReport.findings(table, source))
                .extracting(Finding::column, Finding::level)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("day", Level.ERROR),
                        org.assertj.core.groups.Tuple.tuple("wide", Level.INFO),
                        org.assertj.core.groups.Tuple.tuple("less", Level.WARNING),
                        org.assertj.core.groups.Tuple.tuple("more", Level.INFO),
                        org.assertj.core.groups.Tuple.tuple("new", Level.INFO),
                        org.assertj.core.groups.Tuple.tuple("gone", Level.ERROR));
        assertThat(SchemaReport.sides(table, source))
                .contains(
                        new SchemaReport.Side("gone", "text, Edm.String", ""),
                        new SchemaReport.Side("new", "", "text, Edm.String"))
                .hasSize(8);
    }

    @Test
    void anotherKeyIsAnError() {
        Columns table = columns(column("id", "", ColumnType.Kind.UUID), column("no", "", ColumnType.Kind.UUID));
        Columns source = new Columns(table.list(), List.of("no"));

        assertThat(SchemaReport.findings(table, source))
                .extracting(Finding::level)
                .containsExactly(Level.ERROR);
    }

    @Test
    void thePageIsOneFileThatIsWellFormedWhateverANameHolds() throws XMLStreamException {
        List<String> hostile = new ArrayList<>(HostileNames.all());
        hostile.addAll(
                List.of("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]>", "&amp;", "--><b>"));
        List<OfTable> tables = new ArrayList<>();
        for (String name : hostile) {
            tables.add(new OfTable(
                    "crm." + name,
                    name,
                    name,
                    name,
                    List.of(new Finding(Level.ERROR, name, name + " is gone")),
                    List.of(new SchemaReport.Side(name, name, ""))));
        }
        String page = SchemaReportPage.of(new SchemaReport(tables), NOW);

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("As of 2026-03-01T12:00:00Z", "error: " + hostile.size())
                .doesNotContain("<script", "<img", "http:", "https:", "<link");
        assertThat(elements(page.substring(page.indexOf("<body>"), page.indexOf("</html>"))))
                .containsOnly(
                        "body", "h1", "p", "h2", "table", "thead", "tbody", "tr", "th", "td", "details", "summary");
    }

    private static List<String> elements(String body) throws XMLStreamException {
        List<String> names = new ArrayList<>();
        XMLStreamReader reader = XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(body));
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                names.add(reader.getLocalName());
            }
        }
        return names;
    }
}
