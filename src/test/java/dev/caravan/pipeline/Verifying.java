package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.Settings;
import dev.caravan.delta.Verdict;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.Outcome;
import dev.caravan.route.SyncOptions;
import dev.caravan.route.Verify;
import dev.caravan.route.VerifyReport;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Comparing tables with their sources, and a table to do so with. Stateless. */
final class Verifying {
    static final String THINGS = "vin_things";

    private Verifying() {}

    static Map<String, @Nullable Object> thing(int i) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("vin_name", "Thing " + i);
        row.put("vin_price", new BigDecimal(i + ".2500"));
        row.put("vin_weight", i / 3.0);
        row.put("vin_day", "1990-01-1" + i % 10);
        row.put("vin_good", i % 2 == 0);
        row.put("vin_kind", i % 4 == 0 ? null : 100_000 + i);
        row.put("iscustomizable", Map.of("Value", true, "CanBeChanged", true));
        return row;
    }

    static DataverseTable publish(DataverseHouse house, boolean tracked) {
        TableDescription description = TableDescription.of(
                        "vin_thing",
                        THINGS,
                        "vin_name",
                        List.of(
                                DataverseColumn.text("vin_name", 100),
                                DataverseColumn.of("vin_price", ColumnKind.MONEY),
                                DataverseColumn.of("vin_weight", ColumnKind.DOUBLE),
                                DataverseColumn.of("vin_day", ColumnKind.DATE),
                                DataverseColumn.of("vin_good", ColumnKind.BOOLEAN),
                                DataverseColumn.of("vin_kind", ColumnKind.PICKLIST),
                                DataverseColumn.of("iscustomizable", ColumnKind.MANAGED)))
                .withUsualColumns()
                .withChangeTracking(tracked);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 35; i++) {
            rows.add(thing(i));
        }
        house.with("tables", THINGS);
        return house.sandbox.publish(description, rows);
    }

    record Verified(Outcome outcome, @Nullable VerifyReport report) {
        VerifyReport found() {
            if (report == null) {
                throw new AssertionError(outcome.code() + ": " + outcome.message());
            }
            return report;
        }
    }

    static Verified verify(Engine engine, Settings settings, String slug, boolean repair) {
        engine.discover(settings.connectors().get(0));
        EntityRecord entity = engine.stores().entities().find(slug).orElseThrow();
        Map<String, VerifyReport> reports = new ConcurrentHashMap<>();
        return verify(
                engine,
                new Verify(entity.name(), repair, false, report -> reports.put("", report)),
                () -> reports.get(""));
    }

    static VerifyReport keys(Engine engine, Settings settings, String slug) {
        engine.discover(settings.connectors().get(0));
        EntityRecord entity = engine.stores().entities().find(slug).orElseThrow();
        Map<String, VerifyReport> reports = new ConcurrentHashMap<>();
        return verify(
                        engine,
                        new Verify(entity.name(), false, true, report -> reports.put("", report)),
                        () -> reports.get(""))
                .found();
    }

    static Verified verify(Engine engine, Verify wanted, Supplier<@Nullable VerifyReport> report) {
        Outcome outcome = engine.verify(
                        List.of(wanted), new SyncOptions(true, "cli", Duration.ofSeconds(1)), ended -> {})
                .get(0);
        return new Verified(outcome, report.get());
    }

    static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    static void expectWell(VerifyReport report, long rows) {
        assertThat(report.verdicts()).isEqualTo(Map.of(Verdict.SAME, rows));
        assertThat(report.extra()).isZero();
        assertThat(report.isWell()).isTrue();
        assertThat(report.stored()).isEqualTo(rows);
    }

    static void expectNothingWrong(Engine engine, int tables) {
        Map<String, VerifyReport> reports = new ConcurrentHashMap<>();
        List<Verify> wanted = engine.entities().stream()
                .map(entity -> new Verify(entity.name(), false, false, report -> reports.put(entity.name(), report)))
                .toList();
        engine.verify(wanted, new SyncOptions(true, "cli", Duration.ofSeconds(1)), ended -> {});
        assertThat(reports).hasSize(tables);
        assertThat(reports.values()).allSatisfy(report -> {
            assertThat(report.verdicts()).as(report.entity()).containsOnlyKeys(Verdict.SAME);
            assertThat(report.extra() + report.duplicates()).as(report.entity()).isZero();
        });
    }
}
