package dev.caravan.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

    /**
     * Raises an alert, unless one of its kind stands for the subject.
     *
     * @return whether it is new, so that somebody is to be told
     */
    public boolean raise(String kind, String subject, String message) {
        String now = Times.write(clock.instant());
        return jdbc.update(
                        "INSERT INTO " + table + " (uid, kind, subject, message, raised_at, created_at, updated_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (kind, subject) WHERE cleared_at IS NULL DO NOTHING",
                        Uids.next(),
                        kind,
                        subject,
                        CleanText.of(message),
                        now,
                        now,
                        now)
                == 1;
    }

    /** The alerts that stand, the latest first. */
    public List<Alert> open() {
        return jdbc.query(
                "SELECT * FROM " + table + " WHERE cleared_at IS NULL ORDER BY raised_at DESC, uid DESC",
                (row, number) -> new Alert(
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getString("message"),
                        Times.require(row, "raised_at")));
    }

    /** One that stands. */
    public record Alert(String kind, String subject, String message, Instant raisedAt) {}

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
