package dev.caravan.pipeline;

import java.nio.file.Path;
import java.util.List;

/** In a SQLite file. */
final class SqliteTableLayoutIT extends TableLayoutContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("state.db");
    }

    @Override
    String columnsQuery() {
        return "SELECT name || ' ' || type FROM pragma_table_info('things') ORDER BY name";
    }

    @Override
    String indexesQuery() {
        return "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'things' AND sql IS NOT NULL ORDER BY 1";
    }

    @Override
    List<String> expectedColumns() {
        return List.of(
                "A_KEY TEXT",
                "B_CLOB TEXT",
                "C_WHOLE INTEGER",
                "D_DECIMAL",
                "E_NUMBER",
                "F_DOUBLE REAL",
                "G_DATE TEXT",
                "H_TIME TEXT",
                "I_ZONED TEXT",
                "J_RAW BLOB",
                "K_FLAG INTEGER",
                "L_OTHER TEXT",
                "_bridge_bk_hash TEXT",
                "_bridge_created_at TEXT",
                "_bridge_deleted INTEGER",
                "_bridge_hash TEXT",
                "_bridge_id TEXT",
                "_bridge_rowversion TEXT",
                "_bridge_updated_at TEXT");
    }
}
