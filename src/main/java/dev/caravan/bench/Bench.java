package dev.caravan.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The main cases measured beside the floor: a first load; the same rows again, each read and compared; once more, when the
 * answers are known; a delta in a running process; and where asked for a first load with all stages on, and a whole
 * Dataverse. Source, floor and Caravan are processes of their own, on this machine; Caravan's time is that of the whole
 * process from its start to its end, the floor's is without the start of its JVM.
 */
public final class Bench {
    private static final double LEAST_FLOOR = 120_000;

    private final BenchOptions options;
    private final Report report;
    private final PrintWriter err;
    private final Path folder;

    private Bench(BenchOptions options, Report report, PrintWriter err, Path folder) {
        this.options = options;
        this.report = report;
        this.err = err;
        this.folder = folder;
    }

    /** What one round measured, in seconds; heap in MB. */
    private record Round(
            double floor,
            double sameTable,
            double first,
            int firstHeap,
            Child.Measured compared,
            Child.Measured again,
            double delta,
            Child.Measured stages) {}

    /**
     * Measures and prints a table.
     *
     * @return 0, or 1 if a figure could not be taken
     */
    public static int run(BenchOptions options, PrintWriter out, PrintWriter err) {
        try {
            Path folder = Files.createTempDirectory("caravan-bench");
            try {
                new Bench(options, new Report(out, options.json()), err, folder).measure();
                return 0;
            } finally {
                delete(folder);
            }
        } catch (IOException | SQLException failed) {
            err.println("The benchmark failed: " + failed.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void measure() throws IOException, InterruptedException, SQLException {
        report.begin(options);
        try (Child source = Child.sandbox(options.rows())) {
            cases("SQLite", "jdbc:sqlite:" + folder.resolve("bench.db"), source.line());
            if (!options.postgresql().isEmpty()) {
                cases("PostgreSQL", options.postgresql(), source.line());
            }
        }
        if (options.dataverse()) {
            new DataverseBench(options, report, err, folder).measure();
        }
        report.end();
    }

    private void cases(String name, String database, String source)
            throws IOException, InterruptedException, SQLException {
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= options.rounds(); i++) {
            if (!options.quiet()) {
                err.printf("%s, round %d of %d%n", name, i, options.rounds());
                err.flush();
            }
            rounds.add(round(database, source));
        }
        double floor = median(rounds, Round::floor);
        double same = median(rounds, Round::sameTable);
        boolean fast = options.rows() / floor >= LEAST_FLOOR || !name.equals("SQLite");
        line(
                name + ", first load",
                floor,
                same,
                median(rounds, Round::first),
                heap(rounds, Round::firstHeap),
                fast,
                "1.2 / 1.0");
        line(
                name + ", all rows compared",
                floor,
                0,
                median(rounds, each -> each.compared().seconds()),
                heap(rounds, each -> each.compared().heap()),
                fast,
                "-");
        line(
                name + ", nothing changed",
                floor,
                0,
                median(rounds, each -> each.again().seconds()),
                heap(rounds, each -> each.again().heap()),
                fast,
                "0.9");
        if (options.stages()) {
            line(
                    name + ", stages on",
                    floor,
                    same,
                    median(rounds, each -> each.stages().seconds()),
                    heap(rounds, each -> each.stages().heap()),
                    fast,
                    "-");
        }
        line(name + ", delta of " + options.delta(), 0, 0, median(rounds, Round::delta), 0, fast, "1 s");
        if (!fast) {
            report.tooSlow(options.rows() / floor, LEAST_FLOOR);
        }
    }

    /** The largest. */
    static <T> int heap(List<T> rounds, ToDoubleFunction<T> figure) {
        return (int) rounds.stream().mapToDouble(figure).max().orElse(0);
    }

    private void line(String name, double floor, double same, double caravan, int heap, boolean ratios, String heldTo) {
        report.add(new Report.Case(name, floor, same, caravan, heap, ratios, heldTo));
    }

    static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Round round(String database, String source) throws IOException, InterruptedException, SQLException {
        Target target = new Target(database);
        target.clear();
        double floor = Child.floor(source, database, false);
        target.clear();
        double same = Child.floor(source, database, true);
        target.clear();
        Child.Measured first = Child.sync(config(source, database, "rowversion"), folder);
        target.require(options.rows());
        Child.Measured compared = Child.sync(config(source, database, "hash"), folder);
        Child.Measured again = Child.sync(config(source, database, "hash"), folder);
        double delta = delta(source, database, target);
        target.clear();
        Child.Measured stages = options.stages() ? stages(source, database, target) : new Child.Measured(0, 0);
        return new Round(floor, same, first.seconds(), first.heap(), compared, again, delta, stages);
    }

    /** A first load in which each row is mapped and validated, and has a version. */
    private Child.Measured stages(String source, String database, Target target)
            throws IOException, InterruptedException, SQLException {
        String entity = "caravan.connector.bench.entity.wide.";
        Path config = config(source, database, "rowversion");
        Files.write(
                config,
                List.of(
                        entity + "history = true",
                        entity + "map.PART_NO = part | trim | uppercase | pattern('[A-Z0-9./-]+')",
                        entity + "map.DESCRIPTION = name | trim | substring(1, 60) | required",
                        entity + "map.QUANTITY = quantity | round(2) | default(0) | range(0, 1000000000)",
                        entity + "map.STATUS = status | lowercase",
                        entity + "map.NOTE = note | regex('[0-9]+', '#')"),
                StandardOpenOption.APPEND);
        Child.Measured measured = Child.sync(config, folder);
        target.require(options.rows());
        target.requireVersions(options.rows());
        target.clear();
        return measured;
    }

    /** From the trigger to the commit of the run that brings the changed rows, in a process that runs already. */
    private double delta(String source, String database, Target target)
            throws IOException, InterruptedException, SQLException {
        try (Child serving = Child.serve(config(source, database, "rowversion"))) {
            target.awaitRun(serving, 0);
            Child.edit(source, options.delta());
            return target.awaitRun(serving, options.delta());
        }
    }

    private Path config(String source, String database, String strategy) throws IOException {
        return Files.write(
                folder.resolve("bench-" + strategy + ".properties"),
                List.of(
                        "caravan.database.url = " + database,
                        "caravan.routes = " + options.routes(),
                        "caravan.connector.bench.type = apismith",
                        "caravan.connector.bench.url = " + source,
                        "caravan.connector.bench.token = sandbox-token",
                        "caravan.connector.bench.every = 2s",
                        "caravan.connector.bench.entity.wide.full-pass-every = off",
                        "caravan.connector.bench.entity.wide.strategy = " + strategy));
    }
}
