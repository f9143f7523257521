package dev.caravan.cli;

import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A contract on what a person does with Dataverse tables by the command line, with each database. */
abstract class DataverseShopContract {
    @TempDir
    Path folder = Path.of("");

    DataverseSandbox sandbox = DataverseSandbox.start(0);
    Workshop shop = new Workshop(Path.of(""), "");

    abstract String freshDatabase(Path folder);

    @BeforeEach
    void open() {
        close();
        sandbox = DataverseSandbox.start(0);
        shop = new Workshop(folder, freshDatabase(folder));
        for (String key : List.of("type", "url", "token", "page-size")) {
            shop.without("caravan.connector.erp." + key);
        }
        crm("type", "dataverse");
        crm("url", sandbox.url());
        crm("authority", sandbox.loginUrl());
        crm("client-id", DataverseSandbox.CLIENT_ID);
        crm("client-secret", DataverseSandbox.CLIENT_SECRET);
        crm("page-size", "10");
        crm("overlap", "0s");
    }

    @AfterEach
    void close() {
        shop.close();
        sandbox.close();
    }

    void crm(String key, String value) {
        shop.with("caravan.connector.crm." + key, value);
    }

    boolean isSqlite() {
        return shop.database.startsWith("jdbc:sqlite");
    }

    DataverseTable things(int count, boolean tracked) {
        TableDescription description = TableDescription.of(
                        "vin_thing",
                        "vin_things",
                        "vin_name",
                        List.of(
                                DataverseColumn.text("vin_name", 100),
                                DataverseColumn.of("vin_price", ColumnKind.MONEY),
                                DataverseColumn.of("vin_good", ColumnKind.BOOLEAN)))
                .withUsualColumns()
                .withChangeTracking(tracked);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(thing(i));
        }
        crm("tables", "vin_things");
        return sandbox.publish(description, rows);
    }

    static Map<String, @Nullable Object> thing(int i) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("vin_name", "Thing " + i);
        row.put("vin_price", new BigDecimal(i + ".2500"));
        row.put("vin_good", i % 2 == 0);
        return row;
    }
}
