package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a table is made of: columns by the types of the source, and indexes, which a first load does without. */
abstract class TableLayoutContractTest extends HouseContract {
    /** Lists the columns of the things, each with its declared type, by name. */
    abstract String columnsQuery();

    /** Lists how the indexes of the things are defined, but for that of the primary key. */
    abstract String indexesQuery();

    /** The columns of the test's API with their types here. */
    abstract List<String> expectedColumns();

    private List<String> list(String query) {
        try {
            List<String> lines = new ArrayList<>();
            house.rows(query)
                    .forEach(row -> lines.add(String.valueOf(row.get(0)).strip()));
            return lines;
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Test
    void eachColumnHasTheTypeOfItsSourceAndTheAuditColumnsTheirs() {
        house.sandbox.publish(
                SandboxApi.of(
                        "things",
                        "hash",
                        SandboxColumn.text("A_KEY", 20).key(),
                        SandboxColumn.of("B_CLOB", "CLOB"),
                        SandboxColumn.number("C_WHOLE", 9, 0),
                        SandboxColumn.number("D_DECIMAL", 12, 2),
                        SandboxColumn.of("E_NUMBER", "NUMBER"),
                        SandboxColumn.of("F_DOUBLE", "BINARY_DOUBLE"),
                        SandboxColumn.of("G_DATE", "DATE"),
                        SandboxColumn.of("H_TIME", "TIMESTAMP"),
                        SandboxColumn.of("I_ZONED", "TIMESTAMP WITH TIME ZONE"),
                        SandboxColumn.of("J_RAW", "RAW"),
                        SandboxColumn.of("K_FLAG", "BOOLEAN"),
                        SandboxColumn.of("L_OTHER", "XMLTYPE")),
                List.of(SandboxRow.values("A_KEY", "1")));
        assertThat(house.discover())
                .anyMatch(news -> news.contains("the type 'XMLTYPE' is not known; carried as text"));
        assertThat(list(columnsQuery())).isEqualTo(expectedColumns());
    }

    @Test
    void aFirstLoadDoesWithoutIndexesAndBuildsThemAtItsEnd() {
        List<List<String>> during = new ArrayList<>();
        house.things(35, "rowversion");
        house.sandbox.before("things", 4, () -> during.add(list(indexesQuery())));
        assertThat(house.sync().status()).isEqualTo("completed");
        assertThat(during).containsExactly(List.of());
        expectIndexes();
    }

    @Test
    void aFirstLoadThatBrokeOffGetsItsIndexesFromTheRunThatEndsIt() throws SQLException {
        house.things(35, "hash");
        house.sandbox.setFaults(number -> number >= 4 ? SandboxFault.status(404) : null);
        assertThat(house.sync().status()).isEqualTo("failed");
        assertThat(house.stored()).hasSize(30);
        assertThat(list(indexesQuery())).isEmpty();
        house.sandbox.faults().clear();
        house.restart();
        assertThat(house.sync().status()).isEqualTo("completed");
        expectIndexes();
        Laws.hold(house, "a first load in two runs");
    }

    private void expectIndexes() {
        assertThat(list(indexesQuery()))
                .hasSize(2)
                .anyMatch(index -> index.startsWith("CREATE UNIQUE INDEX") && index.contains("(\"ID\")"))
                .anyMatch(index -> index.startsWith("CREATE INDEX") && index.contains("(_bridge_rowversion)"));
    }
}
