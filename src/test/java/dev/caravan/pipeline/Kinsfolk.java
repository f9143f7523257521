package dev.caravan.pipeline;

import dev.caravan.model.EntityRecord;
import dev.caravan.route.Outcome;
import dev.caravan.route.SyncOptions;
import dev.caravan.sandbox.SandboxApi;
import dev.caravan.sandbox.SandboxColumn;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.sandbox.ScheduleHubSandbox;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Entities that wait for one another: lines for orders, notes for lines, and staff for their bosses. What arrived is read
 * from the target itself.
 */
final class Kinsfolk {
    private final House house;

    Kinsfolk(House house) {
        this.house = house;
    }

    /** Publishes them all, empty. */
    Kinsfolk publish(String strategy) {
        publish(
                strategy,
                "orders",
                SandboxColumn.number("ORDER_NO", 10, 0).key(),
                SandboxColumn.text("BUYER", 40),
                SandboxColumn.number("TOTAL", 12, 2));
        publish(
                strategy,
                "lines",
                SandboxColumn.number("ORDER_NO", 10, 0).key(),
                SandboxColumn.number("LINE_NO", 6, 0).key(),
                SandboxColumn.text("PART", 20));
        publish(
                strategy,
                "notes",
                SandboxColumn.text("NOTE_ID", 20).key(),
                SandboxColumn.text("FOR_ORDER", 12),
                SandboxColumn.text("FOR_LINE", 12),
                SandboxColumn.text("WORDS", 40));
        publish(
                strategy,
                "staff",
                SandboxColumn.text("ID", 20).key(),
                SandboxColumn.text("BOSS", 20),
                SandboxColumn.text("NAME", 20));
        house.with("caravan.connector.erp.entity.lines.parents", "orders(ORDER_NO=ORDER_NO)")
                .with("caravan.connector.erp.entity.notes.parents", "lines(FOR_LINE=LINE_NO, for_order = ORDER_NO)")
                .with("caravan.connector.erp.entity.staff.parents", "staff(BOSS=ID)");
        return this;
    }

    private void publish(String strategy, String slug, SandboxColumn... columns) {
        house.sandbox.publish(SandboxApi.of(slug, strategy, columns), List.of());
    }

    SandboxTable table(String slug) {
        return house.sandbox.table(slug);
    }

    void order(int number) {
        table("orders").insert(SandboxRow.values("ORDER_NO", number, "BUYER", "Buyer " + number, "TOTAL", "10.5"));
    }

    void line(int order, int line) {
        table("lines").insert(SandboxRow.values("ORDER_NO", order, "LINE_NO", line, "PART", "P-" + order + "-" + line));
    }

    /** Its references are texts, as an ERP has them, though the keys that they name are numbers. */
    void note(String id, int order, int line) {
        table("notes")
                .insert(SandboxRow.values(
                        "NOTE_ID", id, "FOR_ORDER", " " + order, "FOR_LINE", line + ".0", "WORDS", "Handle with care"));
    }

    void staff(String id, @Nullable String boss) {
        table("staff").insert(SandboxRow.values("ID", id, "BOSS", boss, "NAME", "Name " + id));
    }

    /** One pass over entities, all together. */
    List<Outcome> sync(String... slugs) {
        house.discover();
        return syncDiscovered(slugs);
    }

    List<Outcome> syncDiscovered(String... slugs) {
        List<EntityRecord> entities = Arrays.stream(slugs)
                .map(slug ->
                        house.engine().stores().entities().find("erp." + slug).orElseThrow())
                .toList();
        return house.engine().sync(entities, new SyncOptions(false, "cli", Duration.ofSeconds(5)), outcome -> {});
    }

    Outcome one(String slug) {
        return sync(slug).get(0);
    }

    /** What arrived of an entity by one of its columns, in order, between commas. */
    String stored(String slug, String column) throws SQLException {
        return String.join(",", new TreeSet<>(inOrder(slug, column)));
    }

    /** The same in the order in which they were stored. */
    List<String> inOrder(String slug, String column) throws SQLException {
        List<String> values = new ArrayList<>();
        ScheduleHubSandbox hub = house.hub();
        if (hub != null) {
            hub.records(slug).forEach(record -> values.add(String.valueOf(record.get(column))));
            return values;
        }
        String live = house.isSqlite() ? "_bridge_deleted = 0" : "NOT _bridge_deleted";
        house.rows("SELECT \"" + column + "\" FROM " + slug + " WHERE " + live + " ORDER BY _bridge_id")
                .forEach(row -> values.add(String.valueOf(row.get(0))));
        return values;
    }

    /** Boss and name of one of the staff as they arrived. */
    String staffMember(String id) throws SQLException {
        int place = inOrder("staff", "ID").indexOf(id);
        return inOrder("staff", "BOSS").get(place) + " "
                + inOrder("staff", "NAME").get(place);
    }

    /** References of those that wait, in the order in which they came. */
    String waiting() throws SQLException {
        List<String> values = new ArrayList<>();
        for (List<@Nullable String> row :
                house.rows("SELECT reference FROM " + house.own("pending_children") + " ORDER BY uid")) {
            values.add(String.valueOf(row.get(0)));
        }
        return String.join(" ", values);
    }

    /** Stage, code and reference of the dead letters, in the order of their references. */
    String letters() throws SQLException {
        List<String> values = new ArrayList<>();
        for (List<@Nullable String> row : house.rows(
                "SELECT stage, error_code, reference FROM " + house.own("failed_records") + " ORDER BY reference")) {
            values.add(row.get(0) + " " + row.get(1) + " " + row.get(2));
        }
        return String.join("; ", values);
    }

    /** Fails where the records of a run are not accounted for. */
    void expectCountsToAddUp() throws SQLException {
        List<List<@Nullable String>> wrong = house.rows("SELECT run_type, records_fetched FROM "
                + house.own("sync_runs") + " WHERE records_fetched <> records_inserted + records_updated"
                + " + records_skipped + records_failed + records_pending + records_repeated");
        if (!wrong.isEmpty()) {
            throw new AssertionError("Counts do not add up: " + wrong);
        }
    }

    /** What the sandbox holds of a table, by one of its columns. */
    String source(String slug, String column) {
        TreeSet<String> values = new TreeSet<>();
        for (SandboxRow row : table(slug).rows()) {
            values.add(String.valueOf(row.value(column)));
        }
        return String.join(",", values);
    }

    static Map<String, @Nullable Object> values(@Nullable Object... values) {
        return SandboxRow.values(values);
    }
}
