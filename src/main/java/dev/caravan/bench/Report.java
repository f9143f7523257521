package dev.caravan.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the benchmark prints: a table line by line, or one JSON document at the end. Not safe for several threads. */
final class Report {
    private static final String LINE = "%-34s %8s %10s %8s %8s %8s %8s  %s%n";

    private final PrintWriter out;
    private final boolean json;
    private final List<String> cases = new ArrayList<>();
    private String head = "";

    Report(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /**
     * One case, in seconds; 0 is a figure that is not taken.
     *
     * @param ratios whether the floor was fast enough to be compared with
     * @param heap in MB
     */
    record Case(String name, double floor, double same, double caravan, int heap, boolean ratios, String heldTo) {}

    void begin(BenchOptions options) {
        int processors = Runtime.getRuntime().availableProcessors();
        head = String.format(
                Locale.ROOT,
                "{\"rows\":%d,\"rounds\":%d,\"processors\":%d,\"java\":\"%s\"",
                options.rows(),
                options.rounds(),
                processors,
                Runtime.version());
        if (!json) {
            out.printf(
                    Locale.ROOT,
                    "%,d rows of 12 columns, %d round(s), median of each; %d processors, Java %s%n",
                    options.rows(),
                    options.rounds(),
                    processors,
                    Runtime.version());
            out.printf(LINE, "case", "floor s", "same-tab s", "caravan s", "x floor", "x same", "heap MB", "held to");
            out.flush();
        }
    }

    void add(Case one) {
        cases.add(String.format(
                Locale.ROOT,
                "{\"case\":\"%s\",\"floor_seconds\":%s,\"same_table_seconds\":%s,\"caravan_seconds\":%s,"
                        + "\"times_floor\":%s,\"times_same_table\":%s,\"heap_mb\":%s,\"held_to\":\"%s\"}",
                one.name(),
                figure(seconds(one.floor())),
                figure(seconds(one.same())),
                figure(seconds(one.caravan())),
                figure(ratio(one, one.floor())),
                figure(ratio(one, one.same())),
                figure(heap(one)),
                one.heldTo()));
        if (!json) {
            out.printf(
                    LINE,
                    one.name(),
                    seconds(one.floor()),
                    seconds(one.same()),
                    seconds(one.caravan()),
                    ratio(one, one.floor()),
                    ratio(one, one.same()),
                    heap(one),
                    one.heldTo());
            out.flush();
        }
    }

    /** Says why there are no ratios. */
    void tooSlow(double rowsPerSecond, double least) {
        if (!json) {
            out.printf(Locale.ROOT, "no ratios: the floor made %,.0f rows/s, below %,.0f%n", rowsPerSecond, least);
        }
    }

    void end() {
        if (json) {
            out.println(head + ",\"cases\":[" + String.join(",", cases) + "]}");
        }
        out.flush();
    }

    private static String figure(String shown) {
        return shown.equals("-") ? "null" : shown;
    }

    private static String heap(Case one) {
        return one.heap() == 0 ? "-" : Integer.toString(one.heap());
    }

    private static String seconds(double seconds) {
        return seconds == 0 ? "-" : String.format(Locale.ROOT, "%.2f", seconds);
    }

    private static String ratio(Case one, double other) {
        return !one.ratios() || other == 0 ? "-" : String.format(Locale.ROOT, "%.2f", one.caravan() / other);
    }
}
