package dev.caravan.target.sql;

import dev.caravan.target.sql.dialect.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Alters a table by several statements, all of them or none. Stateless but for the database. */
final class Alteration {
    private final JdbcTemplate jdbc;
    private final Dialect dialect;

    Alteration(JdbcTemplate jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /** @param table ready for SQL */
    void of(String table, List<String> statements) {
        together(aside(table, statements));
    }

    /** The statements, between others that put aside what stands in their way and bring it back. */
    private List<String> aside(String table, List<String> statements) {
        String query = dialect.inTheWay(table);
        if (query.isEmpty() || statements.size() < 2) {
            return statements;
        }
        List<String> all = new ArrayList<>(statements);
        for (Map<String, Object> thing : jdbc.queryForList(query)) {
            all.add(0, "DROP " + thing.get("type") + " IF EXISTS " + dialect.quote(String.valueOf(thing.get("name"))));
            all.add(String.valueOf(thing.get("sql")));
        }
        return all;
    }

    private void together(List<String> statements) {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            boolean alone = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                if (alone) {
                    connection.commit();
                }
                return true;
            } catch (SQLException failure) {
                if (alone) {
                    connection.rollback();
                }
                throw failure;
            } finally {
                connection.setAutoCommit(alone);
            }
        });
    }
}
