package dev.caravan.pipeline;

import dev.caravan.testing.Postgres;
import java.nio.file.Path;
import java.util.List;

/** In a real PostgreSQL. */
final class PostgresTableLayoutIT extends TableLayoutContractTest {
    @Override
    String freshDatabase(Path folder) {
        return Postgres.freshDatabase();
    }

    @Override
    String columnsQuery() {
        return "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute"
                + " WHERE attrelid = 'things'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE \"C\"";
    }

    @Override
    String indexesQuery() {
        return "SELECT indexdef FROM pg_indexes WHERE tablename = 'things' AND indexname NOT LIKE '%pkey' ORDER BY 1";
    }

    @Override
    List<String> expectedColumns() {
        return List.of(
                "A_KEY text",
                "B_CLOB text",
                "C_WHOLE bigint",
                "D_DECIMAL numeric(12,2)",
                "E_NUMBER numeric",
                "F_DOUBLE double precision",
                "G_DATE date",
                "H_TIME timestamp with time zone",
                "I_ZONED timestamp with time zone",
                "J_RAW bytea",
                "K_FLAG boolean",
                "L_OTHER text",
                "_bridge_bk_hash text",
                "_bridge_created_at timestamp with time zone",
                "_bridge_deleted boolean",
                "_bridge_hash text",
                "_bridge_id uuid",
                "_bridge_rowversion text",
                "_bridge_updated_at timestamp with time zone");
    }
}
