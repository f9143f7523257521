package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.ScheduleHubSandbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The things that arrived at a target and those that the source holds, in one form. Stateless. */
final class Arrived {
    private Arrived() {}

    /** Live rows of the table, by key; fails where a key is there twice. */
    static Map<String, String> inTable(String jdbcUrl) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        String live = jdbcUrl.startsWith("jdbc:sqlite") ? "_bridge_deleted = 0" : "NOT _bridge_deleted";
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT \"ID\", \"NAME\", \"AMOUNT\", \"BORN\", \"SEEN\" FROM things WHERE " + live)) {
            while (row.next()) {
                String seen = row.getString(5);
                put(
                        rows,
                        row.getString(1),
                        row.getString(2) + "|" + row.getString(3) + "|" + row.getString(4) + "|"
                                + (seen == null
                                        ? null
                                        : seen.replace(' ', 'T')
                                                .replace("+00", "Z")
                                                .replace(".000000Z", "Z")));
            }
        }
        return rows;
    }

    /** What ScheduleHub holds, by key; fails where a key is there twice. */
    static Map<String, String> at(ScheduleHubSandbox hub) {
        Map<String, String> rows = new TreeMap<>();
        for (Map<String, @Nullable Object> record : hub.records("things")) {
            put(
                    rows,
                    String.valueOf(record.get("ID")),
                    record.get("NAME") + "|" + record.get("AMOUNT") + "|" + record.get("BORN") + "|"
                            + record.get("SEEN"));
        }
        return rows;
    }

    private static void put(Map<String, String> rows, String key, String values) {
        assertThat(rows.put(key, values)).as("key " + key + " twice").isNull();
    }

    /** What the source holds, by key. */
    static Map<String, String> source(ApiSmithSandbox sandbox) {
        Map<String, String> rows = new TreeMap<>();
        for (SandboxRow row : sandbox.table("things").rows()) {
            rows.put(
                    String.valueOf(row.value("ID")),
                    row.value("NAME") + "|" + row.value("AMOUNT") + "|" + row.value("BORN") + "|" + row.value("SEEN"));
        }
        return rows;
    }
}
