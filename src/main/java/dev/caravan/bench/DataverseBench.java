package dev.caravan.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole Dataverse of 23 tables into SQLite, beside the floor for its bytes: a first sync, and a second one in which
 * nothing has changed. Caravan's source lets each answer wait; the floor's, which holds the same, does not. Both have been read three times before the first round.
 */
final class DataverseBench {
    private static final int LATENCY_MILLIS = 200;
    /** Of the larger tables: 47,000 records with the others, and 250 MB of pages. */
    private static final int MOST_RECORDS = 38_000;

    /** So many times are the sources read before the first round. */
    private static final int READ_BEFORE = 3;

    private final BenchOptions options;
    private final Report report;
    private final PrintWriter err;
    private final Path folder;

    DataverseBench(BenchOptions options, Report report, PrintWriter err, Path folder) {
        this.options = options;
        this.report = report;
        this.err = err;
        this.folder = folder;
    }

    private record Round(double floor, double sameTable, Child.Measured first, Child.Measured second) {}

    void measure() throws IOException, InterruptedException, SQLException {
        int records = Math.min(options.rows(), MOST_RECORDS);
        List<Round> rounds = new ArrayList<>();
        try (Child quick = Child.dataverse(records, 0);
                Child slow = Child.dataverse(records, LATENCY_MILLIS)) {
            warm(quick.line(), slow.line());
            for (int i = 1; i <= options.rounds(); i++) {
                if (!options.quiet()) {
                    err.printf("Dataverse, round %d of %d%n", i, options.rounds());
                    err.flush();
                }
                rounds.add(round(quick.line(), slow.line()));
            }
        }
        report.add(new Report.Case(
                "Dataverse, first sync",
                Bench.median(rounds, Round::floor),
                Bench.median(rounds, Round::sameTable),
                Bench.median(rounds, each -> each.first().seconds()),
                Bench.heap(rounds, each -> each.first().heap()),
                true,
                "1.3"));
        report.add(new Report.Case(
                "Dataverse, nothing changed",
                0,
                0,
                Bench.median(rounds, each -> each.second().seconds()),
                Bench.heap(rounds, each -> each.second().heap()),
                true,
                "2 s"));
    }

    /** Reads each source as it will be read, so that no round pays for what the JVMs of the sources compile at first. */
    private void warm(String quick, String slow) throws IOException, InterruptedException, SQLException {
        String database = database();
        Target target = new Target(database);
        for (int i = 0; i < READ_BEFORE; i++) {
            Child.dataverseFloor(url(quick), database, false);
            target.clear();
            Child.sync(config(slow.split(" ", -1), database), folder);
            target.clear();
        }
    }

    private String database() {
        return "jdbc:sqlite:" + folder.resolve("dataverse.db");
    }

    private static String url(String line) {
        return line.split(" ", -1)[0];
    }

    private Round round(String quick, String slow) throws IOException, InterruptedException, SQLException {
        String database = database();
        Target target = new Target(database);
        String url = url(quick);
        double floor = Child.dataverseFloor(url, database, false);
        target.clear();
        double same = Child.dataverseFloor(url, database, true);
        target.clear();
        Path config = config(slow.split(" ", -1), database);
        Child.Measured first = Child.sync(config, folder);
        Child.Measured second = Child.sync(config, folder);
        target.clear();
        return new Round(floor, same, first, second);
    }

    private Path config(String[] source, String database) throws IOException {
        return Files.write(
                folder.resolve("bench-dataverse.properties"),
                List.of(
                        "caravan.database.url = " + database,
                        "caravan.routes = " + options.routes(),
                        "caravan.workers = 23",
                        "caravan.connector.bench.type = dataverse",
                        "caravan.connector.bench.url = " + source[0],
                        "caravan.connector.bench.authority = " + source[1],
                        "caravan.connector.bench.client-id = 00001111-aaaa-4222-bbbb-3333cccc4444",
                        "caravan.connector.bench.client-secret = sandbox-secret",
                        "caravan.connector.bench.tables = *"));
    }
}
