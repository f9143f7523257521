package dev.caravan.store;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code entities}. A change of one column of state never touches another. Safe for several threads. */
public final class EntityRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final String select;
    private final Clock clock;

    public EntityRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("entities");
        this.select = "SELECT e.*, c.name AS connector FROM " + table + " e JOIN " + database.table("connectors")
                + " c ON c.uid = e.connector_uid";
        this.clock = clock;
    }

    /** Remembers an entity that was not known. */
    public void add(String connectorUid, EntityRecord entity, long intervalSeconds) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table + " (uid, connector_uid, slug, api_name, description, delta_strategy,"
                        + " business_keys, target_schema, target_table, columns, sync_enabled, sync_interval_seconds,"
                        + " first_load, deletes_approved, sync_paused, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entity.uid(),
                connectorUid,
                entity.slug(),
                entity.slug(),
                entity.description(),
                entity.strategy().text(),
                ColumnsJson.writeNames(entity.columns().keyNames()),
                entity.schema(),
                entity.table(),
                ColumnsJson.write(entity.columns()),
                entity.enabled(),
                intervalSeconds,
                true,
                false,
                false,
                now,
                now);
    }

    /** Takes what discovery found; the columns of state stay as they are. */
    public void describe(EntityRecord entity) {
        jdbc.update(
                "UPDATE " + table + " SET description = ?, delta_strategy = ?, business_keys = ?, target_schema = ?,"
                        + " target_table = ?, columns = ?, sync_enabled = ?, updated_at = ? WHERE uid = ?",
                entity.description(),
                entity.strategy().text(),
                ColumnsJson.writeNames(entity.columns().keyNames()),
                entity.schema(),
                entity.table(),
                ColumnsJson.write(entity.columns()),
                entity.enabled(),
                now(),
                entity.uid());
    }

    private String now() {
        return Times.write(clock.instant());
    }

    private void set(String uid, String column, @Nullable Object value) {
        jdbc.update("UPDATE " + table + " SET " + column + " = ?, updated_at = ? WHERE uid = ?", value, now(), uid);
    }

    public void setEnabled(String uid, boolean enabled) {
        set(uid, "sync_enabled", enabled);
    }

    /** Whether its schedule rests by a person's word. */
    public void setPaused(String uid, boolean paused) {
        set(uid, "sync_paused", paused);
    }

    /** Uids of the entities whose schedule rests. */
    public Set<String> paused() {
        return Set.copyOf(jdbc.queryForList("SELECT uid FROM " + table + " WHERE sync_paused = ?", String.class, true));
    }

    /** Why it needs a person's look; null to clear. */
    public void setNote(String uid, @Nullable String note) {
        set(uid, "state_note", note);
    }

    public void setFirstLoad(String uid, boolean firstLoad) {
        set(uid, "first_load", firstLoad);
    }

    public void setLastFullPass(String uid, Instant when) {
        set(uid, "last_full_pass_at", Times.write(when));
    }

    public void setLastRowversion(String uid, @Nullable String version) {
        set(uid, "last_rowversion", version);
    }

    public void setStatus(String uid, String status) {
        set(uid, "last_sync_status", status);
    }

    public void setLastSync(String uid, Instant when) {
        set(uid, "last_sync_at", Times.write(when));
    }

    public void setTotal(String uid, long rows) {
        set(uid, "total_records_synced", rows);
    }

    /** Counts rows that came besides the runs of the entity itself. */
    public void addToTotal(String uid, long rows) {
        jdbc.update(
                "UPDATE " + table + " SET total_records_synced = total_records_synced + ? WHERE uid = ?", rows, uid);
    }

    /** Rows that wait for a person's word before they are called deleted; null for none. */
    public void holdDeletes(String uid, @Nullable Long rows) {
        set(uid, "deletes_held", rows);
    }

    /** Whether the next large deletion may go on. */
    public void approveDeletes(String uid, boolean approved) {
        set(uid, "deletes_approved", approved);
    }

    public List<EntityRecord> all() {
        return jdbc.query(select + " ORDER BY c.name, e.slug", EntityRepository::read);
    }

    /**
     * By {@code connector.slug}, or by the slug alone where only one connector has it.
     *
     * @throws CaravanException ENTITY_AMBIGUOUS if several connectors have this slug
     */
    public Optional<EntityRecord> find(String name) {
        List<EntityRecord> found = jdbc.query(
                select + " WHERE c.name || '.' || e.slug = ? OR e.slug = ? ORDER BY c.name, e.slug",
                EntityRepository::read,
                name,
                name);
        Optional<EntityRecord> named =
                found.stream().filter(entity -> entity.name().equals(name)).findFirst();
        if (named.isPresent()) {
            return named;
        }
        if (found.size() > 1) {
            List<String> names = found.stream().map(EntityRecord::name).toList();
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "ENTITY_AMBIGUOUS",
                    "\"" + name + "\" may be any of " + String.join(", ", names) + "; say which");
        }
        return found.stream().findFirst();
    }

    public EntityRecord get(String uid) {
        return jdbc.query(select + " WHERE e.uid = ?", EntityRepository::read, uid)
                .get(0);
    }

    private static EntityRecord read(ResultSet row, int number) throws SQLException {
        long held = row.getLong("deletes_held");
        Long deletesHeld = row.wasNull() ? null : held;
        return new EntityRecord(
                row.getString("uid"),
                row.getString("connector"),
                row.getString("slug"),
                row.getString("description"),
                Strategy.of(row.getString("delta_strategy")),
                row.getString("target_schema"),
                row.getString("target_table"),
                ColumnsJson.read(row.getString("columns"), row.getString("business_keys")),
                row.getBoolean("sync_enabled"),
                row.getBoolean("first_load"),
                Times.read(row, "last_sync_at"),
                row.getString("last_sync_status"),
                row.getString("last_rowversion"),
                row.getLong("total_records_synced"),
                Times.read(row, "last_full_pass_at"),
                row.getString("state_note"),
                deletesHeld,
                row.getBoolean("deletes_approved"));
    }
}
