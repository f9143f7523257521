package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.ScheduleHubSandbox;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many records, of which two in a thousand are bad and one in twenty comes before its parent: exactly the bad ones end as
 * dead letters, all others at the target, and every run's counts add up.
 */
abstract class EndToEndContractTest {
    private static final int RECORDS = Proof.LONG ? 100_000 : 5_000;
    private static final int ORDERS = RECORDS / 5;
    private static final int LINES = RECORDS - ORDERS;
    private static final int LATE = ORDERS / 20;

    @TempDir
    Path folder = Path.of("");

    private House house = new House("", Path.of(""));
    private Kinsfolk kin = new Kinsfolk(house);

    abstract String freshDatabase(Path folder);

    /** Where the records go, if not into tables. */
    House aim(House at) {
        return at;
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** Whether a line is bad: two in a thousand of all records, each in one of three ways. */
    private static boolean isBad(int line) {
        return line % 400 == 7;
    }

    private static Map<String, @Nullable Object> line(int line) {
        int order = 1 + line % ORDERS;
        boolean bad = isBad(line);
        int how = line / 400 % 3;
        return SandboxRow.values(
                "ORDER_NO",
                order,
                "LINE_NO",
                1 + line / ORDERS,
                "PART",
                bad && how == 0 ? "P".repeat(21) : bad && how == 1 ? "Forbidden" : "P-" + line,
                "QTY",
                bad && how == 2 ? "a few" : 1 + line % 90);
    }

    private static Map<String, @Nullable Object> order(int number) {
        return SandboxRow.values("ORDER_NO", number, "BUYER", "Buyer " + number);
    }

    private void publish() {
        List<Map<String, @Nullable Object>> orders = new ArrayList<>();
        for (int number = 1; number <= ORDERS - LATE; number++) {
            orders.add(order(number));
        }
        house.sandbox.publish(
                SandboxApi.of(
                        "orders",
                        "hash",
                        SandboxColumn.number("ORDER_NO", 10, 0).key(),
                        SandboxColumn.text("BUYER", 40)),
                orders);
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            lines.add(line(line));
        }
        house.sandbox.publish(
                SandboxApi.of(
                        "lines",
                        "hash",
                        SandboxColumn.number("ORDER_NO", 10, 0).key(),
                        SandboxColumn.number("LINE_NO", 6, 0).key(),
                        SandboxColumn.text("PART", 20),
                        SandboxColumn.number("QTY", 6, 0)),
                lines);
    }

    private void refuseForbidden() throws SQLException {
        ScheduleHubSandbox hub = house.hub();
        if (hub != null) {
            hub.refuse("lines", record -> "Forbidden".equals(record.get("PART")), "Forbidden is not a part");
            return;
        }
        house.execute(
                house.isSqlite()
                        ? "CREATE TRIGGER refuse BEFORE INSERT ON lines WHEN NEW.\"PART\" = 'Forbidden'"
                                + " BEGIN SELECT RAISE(ABORT, 'not this'); END"
                        : "ALTER TABLE lines ADD CONSTRAINT refuse CHECK (\"PART\" <> 'Forbidden')");
    }

    @Test
    void exactlyTheBadOnesAreDeadLettersAndAllChildrenArePlaced() throws SQLException {
        house.close();
        house = aim(new House(freshDatabase(folder), folder));
        kin = new Kinsfolk(house);
        house.with("caravan.connector.erp.page-size", "1000")
                .with("caravan.connector.erp.entity.lines.parents", "orders(ORDER_NO=ORDER_NO)");
        publish();
        house.discover();
        refuseForbidden();
        Instant began = Instant.now();
        List<Outcome> first = kin.syncDiscovered("lines", "orders");
        long waiting =
                Long.parseLong(String.valueOf(house.one("SELECT count(*) FROM " + house.own("pending_children"))));
        assertThat(waiting).isBetween(LINES / 20L - LINES / 400, LINES / 20L);
        assertThat(first).allMatch(outcome -> outcome.status().equals("completed"));

        for (int number = ORDERS - LATE + 1; number <= ORDERS; number++) {
            kin.table("orders").insert(order(number));
        }
        kin.syncDiscovered("lines", "orders");
        Duration took = Duration.between(began, Instant.now());
        expectAllPlaced();
        List<Outcome> third = kin.syncDiscovered("lines", "orders");
        assertThat(third)
                .allMatch(outcome ->
                        outcome.counts().inserted() + outcome.counts().updated() + outcome.newDeadLetters() == 0);
        expectAllPlaced();
        Proof.say(target() + ", end to end: " + RECORDS + " records, "
                + letters().size() + " bad ones as dead letters, "
                + waiting + " children placed after their parents came, " + stored().size()
                + " lines equal to the source, counts of all runs add up; two syncs in " + took.toSeconds() + " s");
    }

    private String target() {
        return house.hub() != null ? "ScheduleHub" : house.isSqlite() ? "SQLite" : "PostgreSQL";
    }

    private void expectAllPlaced() throws SQLException {
        TreeSet<String> bad = new TreeSet<>();
        Map<String, String> good = new TreeMap<>();
        for (int line = 0; line < LINES; line++) {
            Map<String, @Nullable Object> values = line(line);
            String key = values.get("ORDER_NO") + "," + values.get("LINE_NO");
            if (isBad(line)) {
                bad.add("lines[ORDER_NO=" + values.get("ORDER_NO") + ",LINE_NO=" + values.get("LINE_NO") + "]");
            } else {
                good.put(key, values.get("PART") + "|" + values.get("QTY"));
            }
        }
        assertThat(letters()).isEqualTo(bad);
        assertThat(bad).hasSizeBetween(RECORDS * 2 / 1000 - 1, RECORDS * 2 / 1000 + 1);
        assertThat(house.one("SELECT count(*) FROM " + house.own("pending_children")))
                .isEqualTo("0");
        assertThat(stored()).isEqualTo(good);
        assertThat(kin.inOrder("orders", "ORDER_NO")).hasSize(ORDERS).doesNotHaveDuplicates();
        kin.expectCountsToAddUp();
    }

    private Set<String> letters() throws SQLException {
        TreeSet<String> references = new TreeSet<>();
        house.rows("SELECT reference FROM " + house.own("failed_records"))
                .forEach(row -> references.add(String.valueOf(row.get(0))));
        return references;
    }

    private Map<String, String> stored() throws SQLException {
        List<String> orders = kin.inOrder("lines", "ORDER_NO");
        List<String> numbers = kin.inOrder("lines", "LINE_NO");
        List<String> parts = kin.inOrder("lines", "PART");
        List<String> quantities = kin.inOrder("lines", "QTY");
        Map<String, String> stored = new TreeMap<>();
        for (int i = 0; i < orders.size(); i++) {
            String before = stored.put(orders.get(i) + "," + numbers.get(i), parts.get(i) + "|" + quantities.get(i));
            assertThat(before).isNull();
        }
        return stored;
    }
}
