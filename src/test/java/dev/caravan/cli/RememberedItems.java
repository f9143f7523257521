package dev.caravan.cli;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import dev.caravan.route.Stores;
import dev.caravan.store.Database;
import dev.caravan.store.Migrations;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A command line over a SQLite file in which, if the test wants it, an entity is remembered. */
abstract class RememberedItems {
    static final String ITEMS = "01900000-0000-7000-8000-000000000001";

    @TempDir
    Path folder;

    Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
        terminal.configure(Terminal.ERP);
    }

    void withState(Consumer<Stores> change) {
        Clock clock = Clock.fixed(Terminal.NOW, ZoneOffset.UTC);
        try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("caravan.db"), null, null, 1, false)) {
            Migrations.migrate(database);
            change.accept(Stores.over(database, clock));
        }
    }

    void withItems(Consumer<Stores> change) {
        withState(stores -> {
            String connector = stores.connectors().register("erp", "apismith", "http://127.0.0.1:1");
            Columns columns = new Columns(
                    List.of(new Column("PART_NO", "VARCHAR2", ColumnType.text(10), false, true)), List.of("PART_NO"));
            stores.entities()
                    .add(
                            connector,
                            new EntityRecord(
                                    ITEMS,
                                    "erp",
                                    "items",
                                    "Parts",
                                    Strategy.ROWVERSION,
                                    "public",
                                    "items",
                                    columns,
                                    true,
                                    true,
                                    null,
                                    null,
                                    null,
                                    0,
                                    null,
                                    null,
                                    null,
                                    false),
                            300);
            change.accept(stores);
        });
    }
}
