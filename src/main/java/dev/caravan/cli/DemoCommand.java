package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Engine;
import dev.caravan.route.SyncOptions;
import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxBusiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole thing without any account: a source of our own, two passes, a SELECT. */
@Command(name = "demo", description = "Show the whole thing without any account.", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String SELECT =
            "SELECT PART_NO, DESCRIPTION, PRICE, INTRODUCED FROM items ORDER BY PRICE DESC, PART_NO LIMIT 3";

    @Mixin
    private final Shared shared = new Shared();

    @Option(
            names = "--database",
            paramLabel = "FILE",
            defaultValue = "demo.db",
            description = "the SQLite file, made anew")
    private Path file = Path.of("demo.db");

    @Override
    public Integer call() throws IOException, SQLException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(file + suffix));
        }
        try (ApiSmithSandbox sandbox = ApiSmithSandbox.start(0)) {
            SandboxBusiness.publish(sandbox, 1);
            Settings settings = settings(sandbox);
            try (Engine engine = Engine.start(settings, Clock.systemUTC())) {
                engine.discover(settings.connectors().get(0));
                List<EntityRecord> entities = engine.stores().entities().all();
                SyncOptions options = new SyncOptions(false, "cli", Duration.ZERO);
                shared.out().println("An APISmith of our own, synced into " + file + ":");
                int first = SyncCommand.pass(shared, engine, entities, options);
                shared.out().println();
                shared.out().println("Once more:");
                int second = SyncCommand.pass(shared, engine, entities, options);
                shared.out().println();
                select();
                return first == 0 ? second : first;
            }
        }
    }

    private Settings settings(ApiSmithSandbox sandbox) {
        Path folder = file.toAbsolutePath().getParent();
        Map<String, String> keys = Map.of(
                "caravan.database.url",
                "jdbc:sqlite:" + file.toAbsolutePath(),
                "caravan.connector.erp.type",
                "apismith",
                "caravan.connector.erp.url",
                sandbox.url(),
                "caravan.connector.erp.token",
                sandbox.token());
        return SettingsReader.of(keys, folder == null ? Path.of(".") : folder, Shared.home());
    }

    private void select() throws SQLException {
        shared.out().println("> " + SELECT);
        TextTable table = new TextTable("PART_NO", "DESCRIPTION", "PRICE", "INTRODUCED");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SELECT)) {
            while (rows.next()) {
                table.add(rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
            }
        }
        table.print(shared);
    }
}
