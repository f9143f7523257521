package dev.caravan.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The table {@code sync_cursors}: the row version an entity has reached, and where a run stands. */
public final class CursorRepository {
    private static final String ONE =
            " WHERE entity_uid = ? AND cursor_scope = 'SOURCE' AND cursor_type = 'ROWVERSION'";

    /** Under this name the listing of all rows is kept that the table is known to hold. */
    public static final String LISTING = "LISTING";

    private final JdbcTemplate jdbc;
    private final Database database;
    private final String table;
    private final Clock clock;

    public CursorRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.database = database;
        this.table = database.table("sync_cursors");
        this.clock = clock;
    }

    /** The row version up to which all rows are stored; empty before the first. */
    public Optional<String> value(String entityUid) {
        return text("cursor_value", entityUid);
    }

    /** The cursor of a type, {@code VERSION}; empty where there is none. */
    public Optional<String> value(String entityUid, String type) {
        List<@Nullable String> found = jdbc.queryForList(
                "SELECT cursor_value FROM " + table
                        + " WHERE entity_uid = ? AND cursor_scope = 'SOURCE' AND cursor_type = ?",
                String.class,
                entityUid,
                type);
        return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.get(0));
    }

    /** All cursors of an entity that have a value, by type. */
    public Map<String, String> values(String entityUid) {
        Map<String, String> values = new TreeMap<>();
        RowCallbackHandler keep = row -> values.put(row.getString(1), row.getString(2));
        jdbc.query(
                "SELECT cursor_type, cursor_value FROM " + table
                        + " WHERE entity_uid = ? AND cursor_scope = 'SOURCE' AND cursor_value IS NOT NULL",
                keep,
                entityUid);
        return values;
    }

    /** Keeps the cursor of a type; null to forget it. The other types stay. */
    public void put(String entityUid, String type, @Nullable String value) {
        ensure(entityUid, type);
        String now = Times.write(clock.instant());
        jdbc.update(
                "UPDATE " + table + " SET cursor_value = ?, issued_at = ?, updated_at = ?"
                        + " WHERE entity_uid = ? AND cursor_scope = 'SOURCE' AND cursor_type = ?",
                value,
                now,
                now,
                entityUid,
                type);
    }

    /** What is kept of an entity under a name beside its cursors; empty where nothing is. */
    public Optional<String> kept(String entityUid, String name) {
        return kept(entityUid, name, Instant.MIN);
    }

    /** The same, where it was kept after a point in time. */
    public Optional<String> kept(String entityUid, String name, Instant after) {
        return jdbc
                .query(
                        "SELECT cursor_value, issued_at FROM " + table
                                + " WHERE entity_uid = ? AND cursor_scope = 'SCHEMA' AND cursor_type = ?",
                        (row, number) ->
                                Times.require(row, "issued_at").isAfter(after) ? row.getString("cursor_value") : "",
                        entityUid,
                        name)
                .stream()
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** Keeps a text of an entity under a name. */
    public void keep(String entityUid, String name, String text) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table + " (uid, entity_uid, cursor_scope, cursor_type, cursor_value, issued_at,"
                        + " created_at, updated_at) VALUES (?, ?, 'SCHEMA', ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (entity_uid, cursor_scope, cursor_type) DO UPDATE SET"
                        + " cursor_value = excluded.cursor_value, issued_at = excluded.issued_at,"
                        + " updated_at = excluded.updated_at",
                Uids.next(),
                entityUid,
                name,
                text,
                now,
                now,
                now);
    }

    /** Forgets what is kept under a name. */
    public void forget(String entityUid, String name) {
        jdbc.update(
                "DELETE FROM " + table + " WHERE entity_uid = ? AND cursor_scope = 'SCHEMA' AND cursor_type = ?",
                entityUid,
                name);
    }

    /** Forgets the cursors of all types, by a person's word. */
    public void reset(String entityUid) {
        jdbc.update(
                "UPDATE " + table + " SET cursor_value = NULL, checkpoint = NULL, updated_at = ?"
                        + " WHERE entity_uid = ? AND cursor_scope = 'SOURCE'",
                Times.write(clock.instant()),
                entityUid);
        forget(entityUid, LISTING);
    }

    /** Where the unfinished run stands; empty if none is. */
    public Optional<String> checkpoint(String entityUid) {
        return text("checkpoint", entityUid);
    }

    private Optional<String> text(String column, String entityUid) {
        List<@Nullable String> found =
                jdbc.queryForList("SELECT " + column + " FROM " + table + ONE, String.class, entityUid);
        return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.get(0));
    }

    /** Moves the cursor forward, compared as text; it never goes backwards. */
    public void advance(String entityUid, String value) {
        ensure(entityUid);
        Optional<String> held = value(entityUid);
        if (held.isEmpty() || held.get().compareTo(value) < 0) {
            set(entityUid, value);
        }
    }

    /** Sets the cursor to any value, by a person's word; null to begin anew. */
    public void set(String entityUid, @Nullable String value) {
        ensure(entityUid);
        String now = Times.write(clock.instant());
        jdbc.update(
                "UPDATE " + table + " SET cursor_value = ?, issued_at = ?, updated_at = ?" + ONE,
                value,
                now,
                now,
                entityUid);
    }

    /** Remembers where a run stands; null once it is closed. The cursor stays as it is. */
    public void setCheckpoint(String entityUid, @Nullable String checkpoint) {
        ensure(entityUid);
        jdbc.update(
                "UPDATE " + table + " SET checkpoint = ?, updated_at = ?" + ONE,
                checkpoint,
                Times.write(clock.instant()),
                entityUid);
    }

    /** All cursors with the names of their entities, by name. */
    public List<Named> list() {
        return jdbc.query(
                "SELECT c.name || '.' || e.slug AS entity, s.* FROM " + table + " s JOIN "
                        + database.table("entities") + " e ON e.uid = s.entity_uid JOIN "
                        + database.table("connectors")
                        + " c ON c.uid = e.connector_uid WHERE s.cursor_scope = 'SOURCE' ORDER BY c.name, e.slug",
                (row, number) -> new Named(
                        row.getString("entity"),
                        row.getString("cursor_value"),
                        row.getString("checkpoint"),
                        Times.read(row, "issued_at")));
    }

    /**
     * One cursor.
     *
     * @param entity {@code erp.items}
     * @param value null before the first
     * @param checkpoint null while no run is unfinished
     * @param issuedAt when the value was set; null before the first
     */
    public record Named(
            String entity,
            @Nullable String value,
            @Nullable String checkpoint,
            @Nullable Instant issuedAt) {}

    private void ensure(String entityUid) {
        ensure(entityUid, "ROWVERSION");
    }

    private void ensure(String entityUid, String type) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table + " (uid, entity_uid, cursor_scope, cursor_type, created_at, updated_at)"
                        + " VALUES (?, ?, 'SOURCE', ?, ?, ?)"
                        + " ON CONFLICT (entity_uid, cursor_scope, cursor_type) DO NOTHING",
                Uids.next(),
                entityUid,
                type,
                now,
                now);
    }
}
