package dev.caravan.store;

import dev.caravan.model.Columns;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code schema_versions}: each schema that was seen, and what was different. */
public final class SchemaVersionRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    public SchemaVersionRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("schema_versions");
        this.clock = clock;
    }

    /** Keeps a schema as the next version of its entity. */
    public void add(String entityUid, Columns columns, @Nullable String difference, String level, String decision) {
        Integer version = jdbc.queryForObject(
                "SELECT coalesce(max(version), 0) + 1 FROM " + table + " WHERE entity_uid = ?",
                Integer.class,
                entityUid);
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table + " (uid, entity_uid, version, columns, difference, level, decision,"
                        + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                Uids.next(),
                entityUid,
                version,
                ColumnsJson.write(columns),
                difference,
                level,
                decision,
                now,
                now);
    }

    /** All versions of an entity, the newest first. */
    public List<Version> history(String entityUid) {
        return jdbc.query(
                "SELECT version, difference, level, decision FROM " + table
                        + " WHERE entity_uid = ? ORDER BY version DESC",
                (row, number) -> new Version(
                        row.getInt("version"),
                        row.getString("difference"),
                        row.getString("level"),
                        row.getString("decision")),
                entityUid);
    }

    /** One version. */
    public record Version(int number, @Nullable String difference, String level, String decision) {}
}
