package dev.caravan.documents;

import dev.caravan.sandbox.dataverse.DataverseRow;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite database as the script before Caravan left it: the products of a sandbox Dataverse as they were at some time,
 * one of them lost, and one that is gone since.
 */
final class OldDatabase {
    private static final String REACHED = "2019-01-01T00:15:00Z";

    private OldDatabase() {}

    static void make(Path file, DataverseSandbox sandbox) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE _sync_state (entity_name TEXT PRIMARY KEY, state TEXT NOT NULL,"
                    + " last_sync_time TEXT, last_timestamp TEXT, records_count INTEGER DEFAULT 0)");
            statement.execute("CREATE TABLE _sync_log (id INTEGER PRIMARY KEY AUTOINCREMENT, entity_name TEXT NOT NULL,"
                    + " start_time TEXT NOT NULL, end_time TEXT, records_added INTEGER DEFAULT 0,"
                    + " records_updated INTEGER DEFAULT 0, status TEXT NOT NULL, error_message TEXT)");
            statement.execute("CREATE TABLE vin_products (vin_productid TEXT PRIMARY KEY, vin_name TEXT,"
                    + " modifiedon TEXT, json_response TEXT NOT NULL, sync_time TEXT NOT NULL, valid_from TEXT)");
            statement.execute(
                    "INSERT INTO _sync_state VALUES ('vin_products', 'completed', '2019-01-01T01:00:00.123456'," + " '"
                            + REACHED + "', 40)");
            List<DataverseRow> rows = sandbox.table("vin_products").rows().stream()
                    .filter(row -> String.valueOf(row.value("modifiedon")).compareTo(REACHED) <= 0)
                    .sorted(Comparator.comparing(DataverseRow::key))
                    .toList();
            for (DataverseRow row : rows.subList(1, rows.size())) {
                insert(connection, row.key(), row.value("vin_name"), String.valueOf(row.value("modifiedon")));
            }
            insert(connection, new UUID(5, 5).toString(), "Sold out", REACHED);
        }
    }

    private static void insert(Connection connection, String key, @Nullable Object name, String time)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO vin_products VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, key);
            insert.setString(2, String.valueOf(name));
            insert.setString(3, time);
            insert.setString(4, "{\"vin_productid\": \"" + key + "\"}");
            insert.setString(5, "2019-01-01T01:00:00.123456+00:00");
            insert.setString(6, time);
            insert.executeUpdate();
        }
    }
}
