package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the whole thing without an account, from a source of its own into a SQLite file. */
@Command(
        name = "demo",
        description = "Sync a small business of its own into caravan-demo.db, twice, and show a SELECT.")
final class DemoVerb implements Callable<Integer> {
    private static final String FILE = "caravan-demo.db";
    private static final String CUSTOMERS = "SELECT CUSTOMER_NO, NAME, CITY, CREDIT_LIMIT FROM customers LIMIT 5";
    private static final String WINES = "SELECT p.vin_name, w.vin_name, p.vin_price FROM vin_products p"
            + " JOIN vin_wineries w ON w.vin_wineryid = p._vin_wineryid_value ORDER BY p.vin_price DESC LIMIT 5";

    private final Context context;

    @Option(names = "--serve", description = "Stay and run the schedules.")
    private boolean serve;

    DemoVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Path database = context.surroundings().workingFolder().resolve(FILE);
        begin(database);
        try (DemoSources sources = new DemoSources()) {
            Settings settings = settings(sources, database);
            Logging.apply(settings.log(), serve);
            try (Operations running = context.start(settings);
                    Signals signals = Signals.listen(running::stop)) {
                ExitCode code = show(running, sources, database);
                if (serve && code == ExitCode.OK && signals.received().isEmpty()) {
                    running.serve(() -> context.output().say("Caravan serves; Ctrl-C stops it."));
                }
                return signals.received().orElse(code).number();
            }
        }
    }

    private static void begin(Path database) {
        try {
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(database.resolveSibling(FILE + suffix));
            }
        } catch (IOException kept) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "DEMO_FILE",
                    "The database of an earlier demo cannot be deleted: " + database + "; run the demo in a folder that"
                            + " you may write to",
                    kept);
        }
    }

    private Settings settings(DemoSources sources, Path database) throws IOException {
        Path file = Files.createTempFile("caravan-demo", ".properties");
        try {
            Files.writeString(file, sources.properties());
            Path home = context.surroundings().home();
            Map<String, String> environment = new HashMap<>();
            environment.put("CARAVAN_DATABASE_URL", "jdbc:sqlite:" + database.toAbsolutePath());
            return SettingsReader.read(file, home, home, environment);
        } finally {
            Files.delete(file);
        }
    }

    private ExitCode show(Operations running, DemoSources sources, Path database) throws SQLException {
        Output output = context.output();
        sources.lines().forEach(output::say);
        List<EntityOutcome> first = pass(running);
        List<EntityOutcome> second = pass(running);
        ExitCode code = ExitCode.of(first) == ExitCode.OK ? ExitCode.of(second) : ExitCode.of(first);
        Table customers = new Table("customer_no", "name", "city", "credit_limit");
        Table wines = new Table("wine", "winery", "price");
        if (code == ExitCode.OK) {
            select(database, CUSTOMERS, customers);
            select(database, WINES, wines);
        }
        if (output.isJson()) {
            output.json(document(database, first, second, customers, wines));
            return code;
        }
        output.table(Sums.shortTable(first), "Nothing was synced.");
        output.line("First pass: " + Sums.sentence(first));
        output.line("Second pass: " + Sums.sentence(second));
        output.line(CUSTOMERS);
        output.table(customers, "No row.");
        output.line(WINES);
        output.table(wines, "No row.");
        output.say("All of it is in " + database + ".");
        return code;
    }

    private static Map<String, @Nullable Object> document(
            Path database, List<EntityOutcome> first, List<EntityOutcome> second, Table customers, Table wines) {
        Map<String, @Nullable Object> document = new HashMap<>();
        document.put("database", database);
        document.put("first", Sums.document(first, ExitCode.of(first)));
        document.put("second", Sums.document(second, ExitCode.of(second)));
        document.put("rows", customers.data());
        document.put("wines", wines.data());
        return document;
    }

    private List<EntityOutcome> pass(Operations running) {
        try (Progress progress = Progress.of(context)) {
            return running.sync(SyncRequest.everything(Duration.ofSeconds(60)), progress);
        }
    }

    private static void select(Path database, String query, Table table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                @Nullable Object[] values = new @Nullable Object[columns];
                for (int i = 0; i < columns; i++) {
                    values[i] = rows.getObject(i + 1);
                }
                table.row(values);
            }
        } catch (SQLException failed) {
            throw new CaravanException(
                    FaultKind.INTERNAL,
                    "DEMO_FAILED",
                    "The demo's tables cannot be read: " + failed.getMessage(),
                    failed);
        }
    }
}
