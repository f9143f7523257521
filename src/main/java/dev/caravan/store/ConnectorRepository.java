package dev.caravan.store;

import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code connectors}. Safe for several threads. */
public final class ConnectorRepository {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    public ConnectorRepository(Database database, Clock clock) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("connectors");
        this.clock = clock;
    }

    /** The connector's uid, made now if it is new; its type and address are kept up to date. */
    public String register(String name, String type, String url) {
        String now = Times.write(clock.instant());
        jdbc.update(
                "INSERT INTO " + table + " AS c (uid, name, type, base_url, origin, is_active, created_at, updated_at)"
                        + " VALUES (?, ?, ?, ?, 'file', ?, ?, ?) ON CONFLICT (name) DO UPDATE SET type = excluded.type,"
                        + " base_url = excluded.base_url, updated_at = excluded.updated_at"
                        + " WHERE c.type <> excluded.type OR c.base_url <> excluded.base_url",
                Uids.next(),
                name,
                type,
                url,
                true,
                now,
                now);
        List<String> uids = jdbc.queryForList("SELECT uid FROM " + table + " WHERE name = ?", String.class, name);
        return uids.get(0);
    }
}
