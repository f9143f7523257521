package dev.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The floor brings every row, or its figures would say nothing. */
abstract class FloorContractTest {
    private static final int ROWS = 2345;

    private final ApiSmithSandbox sandbox = ApiSmithSandbox.start(0);

    /** A fresh database. */
    abstract String database();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "same-table"})
    void everyRowArrives(String variant) throws IOException, InterruptedException, SQLException {
        sandbox.publishWide("wide", ROWS, 3);
        String database = database();
        String figures = variant.equals("plain") ? run(database) : run(database, "--same-table");
        assertThat(figures)
                .startsWith("{\"floor\":\"" + variant + "\",")
                .contains("\"rows\":2345,")
                .endsWith("}")
                .doesNotContain("\n");
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet stored = statement.executeQuery("SELECT * FROM floor ORDER BY \"ORDER_NO\", \"LINE_NO\"")) {
            List<SandboxRow> rows = sandbox.rows("wide");
            for (SandboxRow row : rows) {
                assertThat(stored.next()).isTrue();
                expectSame(stored, row);
            }
            assertThat(stored.next()).isFalse();
            assertThat(stored.getMetaData().getColumnCount()).isEqualTo(variant.equals("plain") ? 12 : 19);
        }
    }

    @Test
    void whatIsNoOptionIsRefused() {
        assertThatThrownBy(() -> Floor.run("--nothing", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Floor.run("--url")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSourceThatRefusesEndsIt() {
        assertThatThrownBy(() -> run(database()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("404");
    }

    private String run(String database, String... more) throws IOException, InterruptedException, SQLException {
        String[] options = {"--url", sandbox.url(), "--token", sandbox.token(), "--database", database};
        String[] all =
                Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new);
        return Floor.run(all);
    }

    private static void expectSame(ResultSet stored, SandboxRow row) throws SQLException {
        for (String text : List.of("ORDER_NO", "PART_NO", "DESCRIPTION", "CURRENCY", "STATUS", "NOTE")) {
            assertThat(stored.getString(text)).isEqualTo(row.value(text));
        }
        assertThat(stored.getLong("LINE_NO")).isEqualTo(row.value("LINE_NO"));
        assertThat(stored.getBoolean("OPEN")).isEqualTo(row.value("OPEN"));
        assertThat(new BigDecimal(stored.getString("PRICE")))
                .isEqualByComparingTo(new BigDecimal(String.valueOf(row.value("PRICE"))));
        assertThat(stored.getString("ORDER_DATE")).isEqualTo(row.value("ORDER_DATE"));
    }
}
