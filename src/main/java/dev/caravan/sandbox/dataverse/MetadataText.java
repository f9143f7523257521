package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes {@code $metadata} for some tables, as the service words it. Not thread-safe; made for one text. */
final class MetadataText {
    private static final String HEAD = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
              <edmx:DataServices>
                <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
                  <EntityType Name="crmbaseentity" Abstract="true" />
                  <EntityType Name="principal" BaseType="mscrm.crmbaseentity" Abstract="true">
                    <Key>
                      <PropertyRef Name="ownerid" />
                    </Key>
                    <Property Name="ownerid" Type="Edm.Guid" />
                  </EntityType>
            """;
    private static final String TAIL = """
                  </EntityContainer>
                </Schema>
              </edmx:DataServices>
            </edmx:Edmx>
            """;

    private final List<TableDescription> tables;
    private final StringBuilder out = new StringBuilder(1 << 16);

    /** A navigation property of one table to another. */
    private record Navigation(String name, String target) {}

    MetadataText(List<TableStore> stores) {
        tables = stores.stream().map(TableStore::description).toList();
    }

    String write() {
        out.append(HEAD);
        tables.forEach(this::type);
        out.append(MetadataTypes.TEXT);
        line(6, "<EntityContainer Name=\"System\">");
        tables.forEach(this::set);
        line(8, "<EntitySet Name=\"EntityDefinitions\" EntityType=\"Microsoft.Dynamics.CRM.EntityMetadata\" />");
        return out.append(TAIL).toString();
    }

    private void type(TableDescription table) {
        line(6, "<EntityType Name=\"" + table.logicalName() + "\" BaseType=\"mscrm." + table.baseType() + "\">");
        if (table.keyDeclared()) {
            line(8, "<Key>");
            line(10, "<PropertyRef Name=\"" + table.keyInMetadata() + "\" />");
            line(8, "</Key>");
        }
        boolean principal = table.baseType().equals("principal");
        for (DataverseColumn column : table.columns()) {
            boolean inherited = principal && column.name().equals("ownerid");
            if (column.readable() && !inherited) {
                String unicode = column.kind().isText() ? " Unicode=\"false\"" : "";
                String scale = column.kind().edmType().equals("Edm.Decimal") ? " Scale=\"Variable\"" : "";
                line(
                        8,
                        "<Property Name=\"" + column.property() + "\" Type=\""
                                + column.kind().edmType() + "\"" + unicode + scale + " />");
            }
        }
        table.columns().forEach(column -> references(table, column));
        collections(table);
        line(6, "</EntityType>");
    }

    private void references(TableDescription table, DataverseColumn column) {
        for (Navigation navigation : navigations(column)) {
            String target = navigation.target();
            String referenced = target.equals("principal")
                    ? "ownerid"
                    : byName(target).map(TableDescription::keyInMetadata).orElse("");
            line(
                    8,
                    "<NavigationProperty Name=\"" + navigation.name() + "\" Type=\"mscrm." + target
                            + "\" Nullable=\"false\" Partner=\"" + partner(table, column) + "\">");
            line(
                    10,
                    "<ReferentialConstraint Property=\"" + column.property() + "\" ReferencedProperty=\"" + referenced
                            + "\" />");
            line(8, "</NavigationProperty>");
        }
    }

    /** The other side of what refers to this table, and what it is joined with. */
    private void collections(TableDescription table) {
        for (TableDescription other : tables) {
            for (DataverseColumn column : other.columns()) {
                boolean direct = navigations(column).stream()
                        .anyMatch(each -> each.target().equals(table.logicalName()));
                if (direct) {
                    line(
                            8,
                            "<NavigationProperty Name=\"" + partner(other, column) + "\" Type=\"Collection(mscrm."
                                    + other.logicalName() + ")\" Partner=\""
                                    + Names.navigation(column, table.logicalName()) + "\" />");
                }
            }
            joined(table, other).ifPresent(far -> {
                String name = other.logicalName() + "_association";
                line(
                        8,
                        "<NavigationProperty Name=\"" + name + "\" Type=\"Collection(mscrm." + far.logicalName()
                                + ")\" Partner=\"" + name + "\" />");
            });
        }
    }

    /** The table that a junction joins this one with. */
    private Optional<TableDescription> joined(TableDescription table, TableDescription junction) {
        boolean joins =
                junction.intersect() && junction.column(table.primaryId()).isPresent();
        if (!joins || table.intersect()) {
            return Optional.empty();
        }
        return tables.stream()
                .filter(far -> !far.equals(table) && !far.equals(junction))
                .filter(far -> junction.column(far.primaryId()).isPresent())
                .findFirst();
    }

    private void set(TableDescription table) {
        line(
                8,
                "<EntitySet Name=\"" + table.entitySet() + "\" EntityType=\"Microsoft.Dynamics.CRM."
                        + table.logicalName() + "\">");
        for (DataverseColumn column : table.columns()) {
            for (Navigation navigation : navigations(column)) {
                byName(navigation.target())
                        .ifPresent(target -> line(
                                10,
                                "<NavigationPropertyBinding Path=\"" + navigation.name() + "\" Target=\""
                                        + target.entitySet() + "\" />"));
            }
        }
        line(8, "</EntitySet>");
    }

    private List<Navigation> navigations(DataverseColumn column) {
        if (!column.readable() || !column.kind().isReference()) {
            return List.of();
        }
        if (column.kind() == ColumnKind.OWNER) {
            return List.of(new Navigation(Names.navigation(column, "principal"), "principal"));
        }
        List<Navigation> navigations = new ArrayList<>();
        for (String target : column.targets()) {
            if (byName(target).isPresent()) {
                navigations.add(new Navigation(Names.navigation(column, target), target));
            }
        }
        return navigations;
    }

    private Optional<TableDescription> byName(String logicalName) {
        return tables.stream()
                .filter(table -> table.logicalName().equals(logicalName))
                .findFirst();
    }

    private static String partner(TableDescription table, DataverseColumn column) {
        return table.logicalName() + "_" + column.name();
    }

    private void line(int blanks, String text) {
        out.append(" ".repeat(blanks)).append(text).append('\n');
    }
}
