package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of the versions of rows after any commit: one open version of each living row, as the row is, none of a
 * row that is gone, and no two versions of one key at one time. Read by plain JDBC.
 */
final class VersionLaws {
    private static final Set<String> OF_ROWS_ALONE = Set.of(
            "_bridge_created_at", "_bridge_updated_at", "_bridge_deleted", "sync_time", "valid_from", "_deleted_at");
    private static final Set<String> OF_VERSIONS = Set.of("valid_from", "valid_to");

    private final String url;
    private final String table;
    private final String history;
    private final String key;
    private final String live;

    private VersionLaws(String url, String table, String key, String live) {
        this.url = url;
        this.table = table;
        this.history = table + "_history";
        this.key = key;
        this.live = live;
    }

    /** Of a table of APISmith. */
    static void hold(Victim house, String table, String key, String after) throws SQLException {
        String live = house.isSqlite() ? "_bridge_deleted = 0" : "NOT _bridge_deleted";
        new VersionLaws(house.jdbcUrl(), table, key, live).hold(after);
    }

    /** Of a table of Dataverse. */
    static void holdRecords(Victim house, String table, String key, String after) throws SQLException {
        new VersionLaws(house.jdbcUrl(), table, key, "_deleted_at IS NULL").hold(after);
    }

    private void hold(String after) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            String shared = shared(connection);
            String rows = "SELECT " + shared + " FROM " + table + " WHERE " + live;
            String open = "SELECT " + shared + " FROM " + history + " WHERE valid_to IS NULL";
            none(connection, after, "rows without an open version as they are", rows + " EXCEPT " + open);
            none(connection, after, "open versions without a row as they are", open + " EXCEPT " + rows);
            none(
                    connection,
                    after,
                    "keys with several open versions",
                    "SELECT " + key + " FROM " + history + " WHERE valid_to IS NULL GROUP BY " + key
                            + " HAVING count(*) > 1");
            none(
                    connection,
                    after,
                    "versions that end before they begin",
                    "SELECT 1 FROM " + history + " WHERE valid_to < valid_from");
            none(
                    connection,
                    after,
                    "versions that overlap",
                    "SELECT 1 FROM (SELECT valid_to, lead(valid_from) OVER (PARTITION BY " + key
                            + " ORDER BY valid_from, coalesce(valid_to, valid_from), CASE WHEN valid_to IS NULL THEN 1"
                            + " ELSE 0 END) AS following FROM " + history
                            + ") v WHERE following IS NOT NULL AND (valid_to IS NULL OR valid_to > following)");
        }
    }

    private String shared(Connection connection) throws SQLException {
        List<String> rows = columns(connection, table, OF_ROWS_ALONE);
        List<String> versions = columns(connection, history, OF_VERSIONS);
        assertThat(versions).containsExactlyInAnyOrderElementsOf(rows);
        return '"' + String.join("\", \"", rows) + '"';
    }

    private static List<String> columns(Connection connection, String of, Set<String> without) throws SQLException {
        List<String> names = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + of + " WHERE 1 = 0")) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                String name = none.getMetaData().getColumnName(i);
                if (!without.contains(name.toLowerCase(Locale.ROOT))) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static void none(Connection connection, String after, String what, String query) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<@Nullable String> first = new ArrayList<>();
            if (found.next()) {
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    first.add(found.getString(i));
                }
            }
            assertThat(first).as("%s after %s", what, after).isEmpty();
        }
    }
}
