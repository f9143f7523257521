package dev.caravan.target.sql;

import dev.caravan.target.sql.dialect.Dialect;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What runs left behind that died before they could tidy up. Stateless but for the database. */
public final class Leftovers {
    private final JdbcTemplate jdbc;
    private final Dialect dialect;

    public Leftovers(DataSource dataSource, Dialect dialect) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.dialect = dialect;
    }

    /**
     * Drops the tables of rows seen whose run is over.
     *
     * @param running whether a run is under way, here or in another process
     */
    public void drop(Predicate<String> running) {
        String query = dialect.runsWithSeen();
        if (query.isEmpty()) {
            return;
        }
        jdbc.queryForList(query, String.class).stream()
                .filter(Predicate.not(running))
                .forEach(run ->
                        jdbc.execute("DROP TABLE IF EXISTS " + dialect.seen(run) + ", " + dialect.seenRefused(run)));
    }
}
