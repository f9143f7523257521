package dev.caravan.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The description of one published API. Immutable.
 *
 * @param slug its name in the path of a request
 * @param name its name for people
 * @param description a sentence; may be empty
 * @param columns its columns, in order
 * @param businessKeyColumns names (not aliases) of the key's columns in the key's order; empty for none
 * @param deltaStrategy {@code full}, {@code rowversion} or {@code hash}
 */
public record SandboxApi(
        String slug,
        String name,
        String description,
        List<SandboxColumn> columns,
        List<String> businessKeyColumns,
        String deltaStrategy) {

    public SandboxApi {
        columns = List.copyOf(columns);
        businessKeyColumns = List.copyOf(businessKeyColumns);
    }

    /** An API whose key is made of those columns that say so, in their order. */
    public static SandboxApi of(String slug, String deltaStrategy, SandboxColumn... columns) {
        List<String> keys = Stream.of(columns)
                .filter(SandboxColumn::businessKey)
                .map(SandboxColumn::name)
                .toList();
        return new SandboxApi(slug, slug, "", List.of(columns), keys, deltaStrategy);
    }

    /** The same with other words for people. */
    public SandboxApi describedAs(String newName, String newDescription) {
        return new SandboxApi(slug, newName, newDescription, columns, businessKeyColumns, deltaStrategy);
    }

    /** The same with other columns; the key keeps those of its columns that are left. */
    public SandboxApi withColumns(List<SandboxColumn> newColumns) {
        List<String> keys = businessKeyColumns.stream()
                .filter(key ->
                        newColumns.stream().anyMatch(column -> column.name().equals(key)))
                .toList();
        return new SandboxApi(slug, name, description, newColumns, keys, deltaStrategy);
    }

    /** The same with another business key; the columns say the same. */
    public SandboxApi withKey(List<String> keys) {
        List<SandboxColumn> marked = columns.stream()
                .map(column -> column.inKey(keys.contains(column.name())))
                .toList();
        return new SandboxApi(slug, name, description, marked, keys, deltaStrategy);
    }

    /** The same with another delta strategy. */
    public SandboxApi withDeltaStrategy(String strategy) {
        return new SandboxApi(slug, name, description, columns, businessKeyColumns, strategy);
    }

    /** The column of that name or alias, in either case. */
    public Optional<SandboxColumn> column(String nameOrAlias) {
        return columns.stream().filter(column -> column.isCalled(nameOrAlias)).findFirst();
    }
}
