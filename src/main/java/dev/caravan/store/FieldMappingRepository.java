package dev.caravan.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code field_mappings}: how fields become columns. Safe for several threads. */
public final class FieldMappingRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    public FieldMappingRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("field_mappings");
        this.clock = clock;
    }

    /**
     * How one field becomes a column.
     *
     * @param transformation a chain of functions; null for none
     * @param validation a chain of rules; null for none
     * @param defaultValue what stands in for NULL; null for nothing
     * @param required whether NULL is refused
     * @param direction {@code source_to_target}, {@code target_to_source} or {@code both}; null where only one is possible
     * @param system whether discovery made it, not a person
     */
    public record Mapping(
            String sourceField,
            String targetField,
            @Nullable String transformation,
            @Nullable String validation,
            @Nullable String defaultValue,
            boolean required,
            @Nullable String direction,
            boolean system) {}

    /** Makes these the mappings of an entity, in place of all it had. To be called inside a transaction. */
    public void replace(String entityUid, List<Mapping> mappings) {
        jdbc.update("DELETE FROM " + table + " WHERE entity_uid = ?", entityUid);
        String now = Times.write(clock.instant());
        List<@Nullable Object[]> rows = new ArrayList<>(mappings.size());
        mappings.forEach(mapping -> rows.add(row(entityUid, mapping, now)));
        jdbc.batchUpdate(insert(), rows);
    }

    private String insert() {
        return "INSERT INTO " + table + " (uid, entity_uid, source_field, target_field, transformation, validation,"
                + " default_value, is_required, sync_direction, is_system_field, created_at, updated_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    }

    private static @Nullable Object[] row(String entityUid, Mapping mapping, String now) {
        return new @Nullable Object[] {
            Uids.next(),
            entityUid,
            CleanText.of(mapping.sourceField()),
            CleanText.of(mapping.targetField()),
            CleanText.orNull(mapping.transformation()),
            CleanText.orNull(mapping.validation()),
            CleanText.orNull(mapping.defaultValue()),
            mapping.required(),
            mapping.direction(),
            mapping.system(),
            now,
            now
        };
    }

    /** Makes this the mapping of its field, in place of the one it had. */
    public void put(String entityUid, Mapping mapping) {
        String now = Times.write(clock.instant());
        int changed = jdbc.update(
                "UPDATE " + table + " SET target_field = ?, transformation = ?, validation = ?, default_value = ?,"
                        + " is_required = ?, sync_direction = ?, is_system_field = ?, updated_at = ?"
                        + " WHERE entity_uid = ? AND source_field = ?",
                CleanText.of(mapping.targetField()),
                CleanText.orNull(mapping.transformation()),
                CleanText.orNull(mapping.validation()),
                CleanText.orNull(mapping.defaultValue()),
                mapping.required(),
                mapping.direction(),
                mapping.system(),
                now,
                entityUid,
                CleanText.of(mapping.sourceField()));
        if (changed == 0) {
            jdbc.update(insert(), row(entityUid, mapping, now));
        }
    }

    /** Forgets the mapping of a field; false if there is none. */
    public boolean remove(String entityUid, String sourceField) {
        return jdbc.update(
                        "DELETE FROM " + table + " WHERE entity_uid = ? AND source_field = ?", entityUid, sourceField)
                > 0;
    }

    /** The mappings of an entity, in the order in which they were given. */
    public List<Mapping> of(String entityUid) {
        return jdbc.query(
                "SELECT * FROM " + table + " WHERE entity_uid = ? ORDER BY uid",
                (row, number) -> new Mapping(
                        row.getString("source_field"),
                        row.getString("target_field"),
                        row.getString("transformation"),
                        row.getString("validation"),
                        row.getString("default_value"),
                        row.getBoolean("is_required"),
                        row.getString("sync_direction"),
                        row.getBoolean("is_system_field")),
                entityUid);
    }
}
