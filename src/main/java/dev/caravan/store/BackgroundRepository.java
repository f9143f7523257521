package dev.caravan.store;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code background_schedules}: entities that are synced only at a time of day. Safe for several threads. */
public final class BackgroundRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    public BackgroundRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("background_schedules");
        this.clock = clock;
    }

    /**
     * The window of an entity.
     *
     * @param begin time of day, {@code 19:00}
     * @param end time of day; the next day's where it is not after the beginning
     * @param zone name of a time zone
     * @param offset where the pass that a window ended stands, for people; null where the last pass reached its end
     */
    public record Background(
            String entityUid,
            String begin,
            String end,
            String zone,
            @Nullable String offset) {}

    /** Remembers the window of an entity; where it stands stays as it is. */
    public void put(String entityUid, String begin, String end, String zone) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table + " (uid, entity_uid, window_start, window_end, zone, is_active, created_at,"
                        + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entity_uid) DO UPDATE SET"
                        + " window_start = excluded.window_start, window_end = excluded.window_end,"
                        + " zone = excluded.zone, is_active = excluded.is_active, updated_at = excluded.updated_at",
                Uids.next(),
                entityUid,
                begin,
                end,
                zone,
                true,
                now,
                now);
    }

    /** Where the pass of an entity stands; null where it reached its end. Nothing where the entity has no window. */
    public void setOffset(String entityUid, @Nullable String offset) {
        jdbc.update(
                "UPDATE " + table + " SET current_offset = ?, updated_at = ? WHERE entity_uid = ?",
                offset,
                Times.write(clock.instant()),
                entityUid);
    }

    /** The entity has no window any more. */
    public void retire(String entityUid) {
        jdbc.update(
                "UPDATE " + table + " SET is_active = ?, updated_at = ? WHERE entity_uid = ? AND is_active = ?",
                false,
                Times.write(clock.instant()),
                entityUid,
                true);
    }

    /** The windows that hold. */
    public List<Background> active() {
        return jdbc.query(
                "SELECT * FROM " + table + " WHERE is_active = ?",
                (row, number) -> new Background(
                        row.getString("entity_uid"),
                        row.getString("window_start"),
                        row.getString("window_end"),
                        row.getString("zone"),
                        row.getString("current_offset")),
                true);
    }

    /** The window of one entity; empty if it has none. */
    public Optional<Background> of(String entityUid) {
        return active().stream()
                .filter(background -> background.entityUid().equals(entityUid))
                .findFirst();
    }
}
