package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a table is, apart from its rows. Immutable.
 *
 * @param logicalName singular, as {@code $metadata} calls the type
 * @param entitySet what the URL calls it
 * @param baseType logical name of the type it is derived from
 * @param keyInMetadata the key that {@code $metadata} gives
 * @param keyDeclared whether the type says its key itself, or leaves it to its base type
 * @param primaryId the key that the definitions give, and that pages go by
 * @param primaryName the column that people know a row by; empty for none
 * @param changeTracking whether changes can be asked for
 * @param intersect whether it joins two tables, many to many
 * @param columns all columns, the key among them
 */
public record TableDescription(
        String logicalName,
        String entitySet,
        String baseType,
        String keyInMetadata,
        boolean keyDeclared,
        String primaryId,
        String primaryName,
        boolean changeTracking,
        boolean intersect,
        List<DataverseColumn> columns) {

    public TableDescription {
        columns = List.copyOf(columns);
    }

    /** A table with change tracking whose key is {@code <logicalName>id}, and whose columns are these and the key. */
    public static TableDescription of(
            String logicalName, String entitySet, String primaryName, List<DataverseColumn> columns) {
        String key = logicalName + "id";
        List<DataverseColumn> all = new ArrayList<>(columns);
        all.add(DataverseColumn.of(key, ColumnKind.GUID));
        return new TableDescription(
                logicalName, entitySet, "crmbaseentity", key, true, key, primaryName, true, false, all);
    }

    /** A table that joins two others by their ids: those, its own key and a version, without change tracking. */
    public static TableDescription junction(String logicalName, String entitySet, String firstId, String secondId) {
        String key = logicalName + "id";
        List<DataverseColumn> columns = List.of(
                DataverseColumn.of(firstId, ColumnKind.GUID),
                DataverseColumn.of("versionnumber", ColumnKind.BIGINT),
                DataverseColumn.of(key, ColumnKind.GUID),
                DataverseColumn.of(secondId, ColumnKind.GUID));
        return new TableDescription(logicalName, entitySet, "crmbaseentity", key, true, key, "", false, true, columns);
    }

    /** The same, derived from {@code principal}, whose key in {@code $metadata} is {@code ownerid}. */
    public TableDescription principal(boolean declared) {
        List<DataverseColumn> all = new ArrayList<>(columns);
        all.add(DataverseColumn.of("ownerid", ColumnKind.GUID));
        return new TableDescription(
                logicalName,
                entitySet,
                "principal",
                "ownerid",
                declared,
                primaryId,
                primaryName,
                changeTracking,
                intersect,
                all);
    }

    /** The same with or without change tracking. */
    public TableDescription withChangeTracking(boolean on) {
        return new TableDescription(
                logicalName,
                entitySet,
                baseType,
                keyInMetadata,
                keyDeclared,
                primaryId,
                primaryName,
                on,
                intersect,
                columns);
    }

    /** The same with other columns. */
    public TableDescription withColumns(List<DataverseColumn> others) {
        return new TableDescription(
                logicalName,
                entitySet,
                baseType,
                keyInMetadata,
                keyDeclared,
                primaryId,
                primaryName,
                changeTracking,
                intersect,
                others);
    }

    /** The same with the columns that next to every table has: times, people, state, currency and version. */
    public TableDescription withUsualColumns() {
        List<DataverseColumn> all = new ArrayList<>(columns);
        all.add(DataverseColumn.of("createdon", ColumnKind.DATETIME));
        all.add(DataverseColumn.of("modifiedon", ColumnKind.DATETIME));
        all.add(DataverseColumn.lookup("createdby", "systemuser"));
        all.add(DataverseColumn.lookup("modifiedby", "systemuser"));
        all.add(DataverseColumn.of("statecode", ColumnKind.STATE));
        all.add(DataverseColumn.of("statuscode", ColumnKind.STATUS));
        all.add(DataverseColumn.of("versionnumber", ColumnKind.BIGINT));
        return withColumns(all);
    }

    /** The same with another key declared, in both descriptions. */
    public TableDescription withKey(String column) {
        return new TableDescription(
                logicalName,
                entitySet,
                baseType,
                column,
                true,
                column,
                primaryName,
                changeTracking,
                intersect,
                columns);
    }

    /** A column by its logical name. */
    public Optional<DataverseColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
