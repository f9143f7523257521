package dev.caravan.target.sql;

import java.sql.PreparedStatement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a run has seen, in tables of its own, never on the heap: stored rows by our identity of them, whose order is that
 * of their storing, and refused records by the hash of their key. Safe for several threads once its pass is known.
 */
final class SeenKeys {
    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final String name;
    private final String refused;
    private @Nullable PassRows pass;

    SeenKeys(DataSource dataSource, TargetTable table, String run) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.name = table.dialect().seen(run);
        this.refused = table.dialect().seenRefused(run);
    }

    /** The pass that the run belongs to. */
    void partOf(PassRows whole) {
        this.pass = whole;
    }

    /** A condition that finds rows of the target, called t, that were not seen. */
    String unseen() {
        return "NOT EXISTS (SELECT 1 FROM " + name + " s WHERE s._s_id = "
                + table.audit().identity("t.") + ") AND NOT EXISTS (SELECT 1 FROM " + refused + " r WHERE r.k = "
                + table.audit().keyText("t.") + ")" + (pass == null ? "" : pass.unseen(table));
    }

    /** Keeps what the run has seen for a later one of its pass. */
    void keep() {
        PassRows whole = pass;
        if (whole == null) {
            return;
        }
        String key = table.audit().keyText("t.");
        whole.add(
                jdbc,
                "SELECT " + key + " AS bk FROM " + name + " s JOIN " + table.name() + " t ON "
                        + table.audit().identity("t.") + " = s._s_id");
        whole.add(jdbc, "SELECT k AS bk FROM " + refused);
    }

    void create() {
        jdbc.execute(table.dialect().createSeen(name, table.audit().identityType(table.dialect())));
        jdbc.execute(table.dialect().createSeenRefused(refused));
    }

    void drop() {
        jdbc.execute("DROP TABLE IF EXISTS " + name);
        jdbc.execute("DROP TABLE IF EXISTS " + refused);
    }

    /** Notes records that are not stored though their key is known: they are not gone. */
    void refuse(List<String> keyHashes) {
        jdbc.batchUpdate(
                "INSERT INTO " + refused + " (k) VALUES (?) ON CONFLICT (k) DO NOTHING",
                keyHashes,
                Math.max(1, keyHashes.size()),
                (PreparedStatement statement, String key) -> statement.setString(1, key));
    }
}
