package dev.caravan.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code audit_log}: who changed what; entries are only ever added. Safe for several threads. */
public final class AuditRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    public AuditRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("audit_log");
        this.clock = clock;
    }

    /**
     * Notes a change.
     *
     * @param action what was done, {@code cursors.reset}
     * @param subject to what, {@code erp.items}
     * @param before how it was; null where that says nothing
     * @param after how it is; null where that says nothing
     */
    public void add(String actor, String action, String subject, @Nullable String before, @Nullable String after) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table + " (uid, actor, action, subject, before, after, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                Uids.next(),
                CleanText.of(actor),
                action,
                CleanText.of(subject),
                CleanText.orNull(before),
                CleanText.orNull(after),
                now,
                now);
    }

    /** The newest changes, the newest first. */
    public List<Entry> latest(int most) {
        return jdbc.query(
                "SELECT * FROM " + table + " ORDER BY created_at DESC, uid DESC LIMIT ?",
                (row, number) -> new Entry(
                        Times.require(row, "created_at"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("before"),
                        row.getString("after")),
                most);
    }

    /** One change. */
    public record Entry(
            Instant at,
            String actor,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after) {}
}
