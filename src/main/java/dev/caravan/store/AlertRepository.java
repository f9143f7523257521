package dev.caravan.store;

import java.time.Clock;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code alerts}: raised once, cleared by itself. */
public final class AlertRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    public AlertRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("alerts");
        this.clock = clock;
    }

    /** Raises an alert, unless one of its kind stands for the subject. */
    public void raise(String kind, String subject, String message) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table + " (uid, kind, subject, message, raised_at, created_at, updated_at)"
                        + " SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM " + table
                        + " WHERE kind = ? AND subject = ? AND cleared_at IS NULL)",
                Uids.next(),
                kind,
                subject,
                message,
                now,
                now,
                now,
                kind,
                subject);
    }

    /** Clears the alert of a kind for a subject. */
    public void clear(String kind, String subject) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "UPDATE " + table + " SET cleared_at = ?, updated_at = ?"
                        + " WHERE kind = ? AND subject = ? AND cleared_at IS NULL",
                now,
                now,
                kind,
                subject);
    }
}
