package dev.caravan.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * What the script that synced Dataverse into this database before has left: the tables {@code _sync_state} and
 * {@code _sync_log}; and views of the same names, for people and programs who know them. Safe for several threads.
 */
public final class OldState {
    private static final String STATE = "_sync_state";
    private static final String LOG = "_sync_log";
    private static final String ASIDE = "_old";

    private final JdbcTemplate jdbc;
    private final Database database;
    private final String schema;

    /** @param schema where the connector's tables are; of no meaning in SQLite */
    public OldState(Database database, String schema) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.database = database;
        this.schema = schema;
    }

    /** Whether the script's own table of states is there, under its first name. */
    public boolean isThere() {
        return isTable(STATE) && isOurs(STATE);
    }

    private boolean isTable(String name) {
        return "table".equals(kind(name));
    }

    /** {@code table}, {@code view}; null where nothing has the name. */
    private @Nullable String kind(String name) {
        List<String> kinds = database.isSqlite()
                ? jdbc.queryForList("SELECT type FROM sqlite_master WHERE name = ?", String.class, name)
                : jdbc.queryForList(
                        "SELECT CASE table_type WHEN 'BASE TABLE' THEN 'table' ELSE 'view' END"
                                + " FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
                        String.class,
                        schema,
                        name);
        return kinds.isEmpty() ? null : kinds.get(0);
    }

    /** Those of the script's own tables that are there under their first names. */
    public List<String> own() {
        return Stream.of(STATE, LOG)
                .filter(name -> isTable(name) && isOurs(name))
                .toList();
    }

    private boolean isOurs(String name) {
        List<String> columns = database.isSqlite()
                ? jdbc.queryForList("SELECT name FROM pragma_table_info(?)", String.class, name)
                : jdbc.queryForList(
                        "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?",
                        String.class,
                        schema,
                        name);
        return columns.containsAll(List.of("entity_name", name.startsWith(LOG) ? "start_time" : "last_timestamp"));
    }

    /** How far the script had come with each table, before or after its own were put aside; empty where it never was here. */
    public Map<String, Instant> timestamps() {
        Map<String, Instant> timestamps = new HashMap<>();
        for (String table : List.of(STATE + ASIDE, STATE)) {
            if (isTable(table) && isOurs(table)) {
                RowCallbackHandler keep = row -> {
                    String entity = row.getString(1);
                    read(row.getString(2)).ifPresent(time -> timestamps.put(entity, time));
                };
                jdbc.query("SELECT entity_name, last_timestamp FROM " + named(table), keep);
            }
        }
        return timestamps;
    }

    private static Optional<Instant> read(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    /**
     * Renames the script's own tables to {@code _sync_state_old} and {@code _sync_log_old}; one of those names that is somebody
     * else's stays as it is. Answers the new names.
     */
    public List<String> putAside() {
        List<String> renamed = new ArrayList<>();
        for (String name : own()) {
            String aside = name + ASIDE;
            for (int number = 2; kind(aside) != null; number++) {
                aside = name + ASIDE + "_" + number;
            }
            jdbc.execute("ALTER TABLE " + named(name) + " RENAME TO \"" + aside + "\"");
            renamed.add(aside);
        }
        return renamed;
    }

    private String named(String name) {
        return database.isSqlite() ? '"' + name + '"' : '"' + schema.replace("\"", "\"\"") + "\".\"" + name + '"';
    }

    /** Makes the views where nothing has their names. */
    public void show() {
        if (!database.isSqlite()
                && jdbc.queryForList("SELECT 1 FROM pg_namespace WHERE nspname = ?", schema)
                        .isEmpty()) {
            jdbc.execute("CREATE SCHEMA IF NOT EXISTS \"" + schema.replace("\"", "\"\"") + '"');
        }
        if (kind(STATE) == null) {
            jdbc.execute("CREATE VIEW " + named(STATE) + " AS " + state());
        }
        if (kind(LOG) == null) {
            jdbc.execute("CREATE VIEW " + named(LOG) + " AS " + log());
        }
    }

    private String tables() {
        return database.table("entities") + " e JOIN " + database.table("connectors")
                + " k ON k.uid = e.connector_uid AND k.type = 'dataverse'";
    }

    private String state() {
        String runs = "(SELECT max(r.started_at) FROM " + database.table("sync_runs")
                + " r WHERE r.entity_uid = e.uid AND r.status = 'completed' AND r.run_type IN ('full', 'delta', 'background'))";
        String began = database.isSqlite()
                ? runs
                : "to_char(" + runs + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')";
        String time = "(SELECT c.cursor_value FROM " + database.table("sync_cursors")
                + " c WHERE c.entity_uid = e.uid AND c.cursor_scope = 'SOURCE' AND c.cursor_type = 'TIMESTAMP')";
        return "SELECT e.target_table AS entity_name, CASE WHEN EXISTS (SELECT 1 FROM "
                + database.table("sync_runs")
                + " r WHERE r.entity_uid = e.uid AND r.status = 'running') THEN 'in_progress'"
                + " WHEN e.last_sync_status IN ('completed', 'failed') THEN e.last_sync_status ELSE 'pending' END"
                + " AS state, e.last_sync_at AS last_sync_time, CASE WHEN e.delta_strategy = 'modified' THEN " + time
                + " ELSE coalesce(" + began + ", " + time
                + ") END AS last_timestamp, e.total_records_synced AS records_count FROM " + tables();
    }

    private String log() {
        return "SELECT r.uid AS id, e.target_table AS entity_name, r.started_at AS start_time,"
                + " r.completed_at AS end_time, r.records_inserted AS records_added,"
                + " r.records_updated AS records_updated, CASE r.status WHEN 'running' THEN 'in_progress'"
                + " ELSE r.status END AS status, r.records_failed AS errors, r.error_message AS error_message FROM "
                + database.table("sync_runs") + " r JOIN " + database.table("entities")
                + " e ON e.uid = r.entity_uid JOIN " + database.table("connectors")
                + " k ON k.uid = e.connector_uid AND k.type = 'dataverse'";
    }
}
