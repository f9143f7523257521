package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A table of numbered rows in the making. Not thread-safe. */
final class TablePlan {
    private final String logicalName;
    private final String entitySet;
    private final Map<String, TablePlan> all;
    private final Guids guids;
    private final int rows;
    private final List<StoredColumn> columns = new ArrayList<>();

    TablePlan(String logicalName, String entitySet, int rows, Map<String, TablePlan> all) {
        this.logicalName = logicalName;
        this.entitySet = entitySet;
        this.all = all;
        this.rows = rows;
        this.guids = new Guids(entitySet.hashCode(), rows);
    }

    String logicalName() {
        return logicalName;
    }

    int rows() {
        return rows;
    }

    String key(int number) {
        return guids.of(number);
    }

    TablePlan with(DataverseColumn column, IntFunction<@Nullable Object> values) {
        columns.add(new StoredColumn(column, values));
        return this;
    }

    TablePlan with(String name, ColumnKind kind, IntFunction<@Nullable Object> values) {
        return with(DataverseColumn.of(name, kind), values);
    }

    TablePlan text(String name, String before) {
        return with(DataverseColumn.text(name, 200), Seeds.text(before));
    }

    /** A reference to one table; NULL in every row where that has none. */
    TablePlan lookup(String name, String target) {
        TablePlan to = plan(target);
        return with(DataverseColumn.lookup(name, target), to.references(name.hashCode() & 0xFFFF));
    }

    /** A reference to an account in three rows of four, else to a contact. */
    TablePlan customer(String name, IntFunction<@Nullable Object> accounts) {
        IntFunction<@Nullable Object> contacts = plan("contact").references(3);
        return with(
                DataverseColumn.lookup(name, "account", "contact"),
                number -> number % 4 == 3 ? contacts.apply(number) : accounts.apply(number));
    }

    IntFunction<@Nullable Object> references(int salt) {
        return Seeds.reference(logicalName, guids, rows, salt);
    }

    /** What next to every table has. */
    TablePlan usual() {
        IntFunction<@Nullable Object> users = plan("systemuser").references(11);
        IntFunction<@Nullable Object> teams = plan("team").references(13);
        with("createdon", ColumnKind.DATETIME, Seeds.growing());
        with("modifiedon", ColumnKind.DATETIME, Seeds.growing());
        with("overriddencreatedon", ColumnKind.DATETIME, Seeds.same(null));
        with("importsequencenumber", ColumnKind.INTEGER, Seeds.same(null));
        with("statecode", ColumnKind.STATE, Seeds.whole(1, 2));
        with("statuscode", ColumnKind.STATUS, Seeds.whole(2, 3));
        with(DataverseColumn.lookup("createdby", "systemuser"), users);
        with(DataverseColumn.lookup("modifiedby", "systemuser"), users);
        with("versionnumber", ColumnKind.BIGINT, Seeds.same(null));
        boolean ofPeople = logicalName.equals("systemuser") || logicalName.equals("team");
        if (!ofPeople) {
            with(
                    DataverseColumn.of("ownerid", ColumnKind.OWNER),
                    number -> (number % 5 == 0 ? teams : users).apply(number));
        }
        return this;
    }

    /** What a table with amounts has. */
    TablePlan currency() {
        lookup("transactioncurrencyid", "transactioncurrency");
        return with("exchangerate", ColumnKind.DECIMAL, Seeds.decimal(5, 12));
    }

    /** So many groups of eight columns of all kinds, half of them mostly NULL, as years of customizing leave them. */
    TablePlan grown(int groups) {
        String prefix = logicalName.startsWith("vin_") ? "vin_" : "cr5f2_";
        for (int group = 1; group <= groups; group++) {
            String end = String.format(Locale.ROOT, "_%02d", group);
            with(DataverseColumn.text(prefix + "certificatereference" + end, 100), Seeds.text("Certificate"));
            with(DataverseColumn.text(prefix + "externalreference" + end, 50), Seeds.rarely(7, Seeds.text("E")));
            with(DataverseColumn.of(prefix + "inspectionremarks" + end, ColumnKind.MEMO), Seeds.prose(150));
            with(prefix + "numberofsamples" + end, ColumnKind.INTEGER, Seeds.rarely(3, Seeds.whole(group, 10_000)));
            with(prefix + "insuredvalue" + end, ColumnKind.MONEY, Seeds.rarely(2, Seeds.money(group)));
            with(prefix + "isapprovedbylaboratory" + end, ColumnKind.BOOLEAN, Seeds.yesOrNo(group));
            with(prefix + "nextinspectionon" + end, ColumnKind.DATETIME, Seeds.rarely(4, Seeds.moment(group)));
            with(prefix + "classification" + end, ColumnKind.PICKLIST, Seeds.rarely(2, Seeds.whole(group, 3)));
        }
        return this;
    }

    void publish(DataverseSandbox sandbox, String primaryName) {
        TableDescription description = TableDescription.of(logicalName, entitySet, primaryName, descriptions());
        with(DataverseColumn.of(logicalName + "id", ColumnKind.GUID), guids::of);
        sandbox.publish(description, columns, guids, rows);
    }

    /** One that the schema derives from another, with its key. */
    void publishPrincipal(DataverseSandbox sandbox, String primaryName, boolean declared) {
        TableDescription description = TableDescription.of(logicalName, entitySet, primaryName, descriptions())
                .principal(declared);
        with(DataverseColumn.of(logicalName + "id", ColumnKind.GUID), guids::of);
        with(DataverseColumn.of("ownerid", ColumnKind.GUID), guids::of);
        sandbox.publish(description, columns, guids, rows);
    }

    /** One that joins two others; the function gives the numbers of the first. */
    void publishJunction(
            DataverseSandbox sandbox, String first, String second, IntFunction<@Nullable Object> firstIds) {
        TableDescription description = TableDescription.junction(logicalName, entitySet, first + "id", second + "id");
        TablePlan far = plan(second);
        with(first + "id", ColumnKind.GUID, number -> id(firstIds.apply(number)));
        with("versionnumber", ColumnKind.BIGINT, Seeds.same(null));
        with(logicalName + "id", ColumnKind.GUID, guids::of);
        with(second + "id", ColumnKind.GUID, number -> id(far.references(17).apply(number)));
        sandbox.publish(description, columns, guids, rows);
    }

    private List<DataverseColumn> descriptions() {
        return columns.stream().map(StoredColumn::column).toList();
    }

    private TablePlan plan(String name) {
        TablePlan plan = all.get(name);
        if (plan == null) {
            throw new IllegalArgumentException("No table " + name);
        }
        return plan;
    }

    private static @Nullable Object id(@Nullable Object reference) {
        return reference instanceof Reference to ? to.id() : null;
    }
}
