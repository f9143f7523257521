package dev.caravan.store;

import dev.caravan.model.Columns;
import dev.caravan.model.TableLink;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code schema_versions}: each schema that was seen, and what was different. */
public final class SchemaVersionRepository {
    private static final String ALL_OF_ONE = "SELECT * FROM %s WHERE entity_uid = ?%s ORDER BY version DESC";

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
        return jdbc.query(ALL_OF_ONE.formatted(table, ""), SchemaVersionRepository::version, entityUid);
    }

    private static Version version(ResultSet row, int number) throws SQLException {
        return new Version(
                row.getString("uid"),
                row.getInt("version"),
                row.getString("columns"),
                row.getString("foreign_keys"),
                row.getString("difference"),
                row.getString("level"),
                row.getString("decision"),
                row.getString("decided_by"),
                Times.require(row, "created_at"));
    }

    /** Keeps a version of another database as it is. */
    public void copy(String entityUid, Version version) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table
                        + " (uid, entity_uid, version, columns, foreign_keys, difference, level, decision,"
                        + " decided_by, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                version.uid(),
                entityUid,
                version.number(),
                version.columns(),
                version.foreignKeys(),
                version.difference(),
                version.level(),
                version.decision(),
                version.decidedBy(),
                Times.write(version.seenAt()),
                now);
    }

    /** Keeps the foreign keys that the newest version has, where they are others than before. */
    public void keepLinks(String entityUid, List<TableLink> links) {
        String text = LinksJson.write(links);
        newest(entityUid)
                .filter(version -> !text.equals(version.foreignKeys()))
                .ifPresent(version -> jdbc.update(
                        "UPDATE " + table + " SET foreign_keys = ?, updated_at = ? WHERE uid = ?",
                        text,
                        Times.write(clock.instant()),
                        version.uid()));
    }

    /** The foreign keys of an entity, as they were found last; empty where none are known. */
    public List<TableLink> links(String entityUid) {
        return newest(entityUid, " AND foreign_keys IS NOT NULL")
                .map(Version::foreignKeys)
                .map(LinksJson::read)
                .orElse(List.of());
    }

    /** The newest version of an entity. */
    public Optional<Version> newest(String entityUid) {
        return newest(entityUid, "");
    }

    private Optional<Version> newest(String entityUid, String condition) {
        return jdbc
                .query(ALL_OF_ONE.formatted(table, condition) + " LIMIT 1", SchemaVersionRepository::version, entityUid)
                .stream()
                .findFirst();
    }

    /** Keeps a person's word, or the source's, on a version. */
    public void decide(String uid, String decision, String by) {
        jdbc.update(
                "UPDATE " + table + " SET decision = ?, decided_by = ?, updated_at = ? WHERE uid = ?",
                decision,
                by,
                Times.write(clock.instant()),
                uid);
    }

    /**
     * One version.
     *
     * @param columns the layout as JSON
     * @param foreignKeys as JSON; null where none were looked for
     * @param level {@code info}, {@code notice} or {@code stop}
     * @param decision {@code open}, {@code approved}, {@code refused} or {@code withdrawn}
     * @param decidedBy null where nobody had to
     */
    public record Version(
            String uid,
            int number,
            String columns,
            @Nullable String foreignKeys,
            @Nullable String difference,
            String level,
            String decision,
            @Nullable String decidedBy,
            Instant seenAt) {
        /** The layout that was seen; with these keys where it is too old to name its own. */
        public Columns layout(List<String> keys) {
            return ColumnsJson.read(columns, keys);
        }

        /** Whether it is this layout that was seen. */
        public boolean is(Columns other) {
            return columns.equals(ColumnsJson.write(other));
        }
    }
}
