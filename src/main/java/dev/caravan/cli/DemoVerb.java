package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.sandbox.ApiSmithSandbox;
import dev.caravan.sandbox.SandboxBusiness;
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
    private static final String SELECT = "SELECT CUSTOMER_NO, NAME, CITY, CREDIT_LIMIT FROM customers LIMIT 5";

    private final Context context;

    @Option(names = "--serve", description = "Stay and run the schedules.")
    private boolean serve;

    DemoVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Path database = context.surroundings().workingFolder().resolve(FILE);
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(database.resolveSibling(FILE + suffix));
        }
        try (ApiSmithSandbox sandbox = ApiSmithSandbox.start(0)) {
            SandboxBusiness.publish(sandbox, 1);
            Settings settings = settings(sandbox, database);
            Logging.apply(settings.log(), serve);
            try (Operations running = context.start(settings);
                    Signals signals = Signals.listen(running::stop)) {
                ExitCode code = show(running, sandbox, database);
                if (serve && code == ExitCode.OK && signals.received().isEmpty()) {
                    running.serve(() -> context.output().say("Caravan serves; Ctrl-C stops it."));
                }
                return signals.received().orElse(code).number();
            }
        }
    }

    private Settings settings(ApiSmithSandbox sandbox, Path database) throws IOException {
        Path file = Files.createTempFile("caravan-demo", ".properties");
        try {
            String text = "caravan.connector.erp.type = apismith\ncaravan.connector.erp.url = " + sandbox.url()
                    + "\ncaravan.connector.erp.token = " + sandbox.token() + "\ncaravan.routes-reload = true\n";
            Files.writeString(file, text);
            Path home = context.surroundings().home();
            Map<String, String> environment = new HashMap<>();
            environment.put("CARAVAN_DATABASE_URL", "jdbc:sqlite:" + database.toAbsolutePath());
            return SettingsReader.read(file, home, home, environment);
        } finally {
            Files.delete(file);
        }
    }

    private ExitCode show(Operations running, ApiSmithSandbox sandbox, Path database) throws SQLException {
        Output output = context.output();
        output.say("An APISmith with a small business in it listens at " + sandbox.url());
        List<EntityOutcome> first = pass(running);
        List<EntityOutcome> second = pass(running);
        ExitCode code = ExitCode.of(first) == ExitCode.OK ? ExitCode.of(second) : ExitCode.of(first);
        Table rows = code == ExitCode.OK ? select(database) : new Table("customer_no");
        if (output.isJson()) {
            Map<String, @Nullable Object> document = new HashMap<>();
            document.put("database", database);
            document.put("first", Sums.document(first, ExitCode.of(first)));
            document.put("second", Sums.document(second, ExitCode.of(second)));
            document.put("rows", rows.data());
            output.json(document);
            return code;
        }
        output.table(Sums.shortTable(first), "Nothing was synced.");
        output.line("First pass: " + Sums.sentence(first));
        output.line("Second pass: " + Sums.sentence(second));
        output.line(SELECT);
        output.table(rows, "No row.");
        output.say("All of it is in " + database + ".");
        return code;
    }

    private List<EntityOutcome> pass(Operations running) {
        try (Progress progress = Progress.of(context)) {
            return running.sync(SyncRequest.everything(Duration.ofSeconds(60)), progress);
        }
    }

    private static Table select(Path database) throws SQLException {
        Table table = new Table("customer_no", "name", "city", "credit_limit");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SELECT)) {
            while (rows.next()) {
                table.row(rows.getString(1), rows.getString(2), rows.getString(3), rows.getObject(4));
            }
            return table;
        } catch (SQLException failed) {
            throw new CaravanException(
                    FaultKind.INTERNAL,
                    "DEMO_FAILED",
                    "The demo's table cannot be read: " + failed.getMessage(),
                    failed);
        }
    }
}
