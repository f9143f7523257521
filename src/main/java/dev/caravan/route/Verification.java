package dev.caravan.route;

import dev.caravan.delta.Verdict;
import dev.caravan.model.Page;
import dev.caravan.model.Row;
import dev.caravan.target.Unseen;
import dev.caravan.target.sql.SqlLoad;
import dev.caravan.target.sql.StoredRows;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run finds that compares a table with its source: tallied page by page, so that a page whose transaction is
 * repeated counts once. Rows are looked at by one thread at a time; nothing of them is kept but sums and some names.
 */
final class Verification {
    static final int MOST_SAMPLES = 20;

    private final Verify wanted;
    private final @Nullable String reached;
    private final List<String> unreadable;
    /** The pages of the last transaction, by number: it may be repeated. */
    private final Map<Integer, Tally> pages = new TreeMap<>();
    /** What the pages before them came to, by listing. */
    private final Map<Integer, Tally> rounds = new TreeMap<>();

    private final List<VerifyReport.Sample> gone = new ArrayList<>();
    private long storedBefore = -1;
    private long extra;
    /** The last listing that showed all rows. */
    private int whole;

    /**
     * @param reached the version that syncs have come to; null where that says nothing
     * @param unreadable columns whose values are not known, as they may not be read
     */
    Verification(Verify wanted, @Nullable String reached, Set<String> unreadable) {
        this.unreadable = unreadable.stream().sorted().toList();
        this.wanted = wanted;
        this.reached = reached;
    }

    boolean repairs() {
        return wanted.repair();
    }

    /** Whether rows that the source does not have are called deleted, and not only told. */
    boolean marks(RunPlan plan) {
        return repairs() && plan.feed().showsGone(plan);
    }

    /** What one page came to, or several. */
    private static final class Tally {
        private final int round;
        private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
        private final List<VerifyReport.Sample> samples = new ArrayList<>();
        private long refused;

        Tally(int round) {
            this.round = round;
        }

        void add(Verdict verdict, Supplier<String> row) {
            verdicts.merge(verdict, 1L, Long::sum);
            if (verdict.isWrong() && samples.size() < MOST_SAMPLES) {
                samples.add(new VerifyReport.Sample(verdict.text(), row.get()));
            }
        }

        void add(Tally other) {
            other.verdicts.forEach((verdict, rows) -> verdicts.merge(verdict, rows, Long::sum));
            int free = Math.max(0, MOST_SAMPLES - samples.size());
            samples.addAll(other.samples.subList(0, Math.min(free, other.samples.size())));
            refused += other.refused;
        }
    }

    /** Sums up the pages before this one: their transaction is done with. */
    private void settle(int number) {
        pages.entrySet().removeIf(page -> {
            boolean done = page.getKey() < number;
            if (done) {
                Tally tally = page.getValue();
                rounds.computeIfAbsent(tally.round, Tally::new).add(tally);
            }
            return done;
        });
    }

    private Stream<Tally> tallies() {
        return Stream.concat(rounds.values().stream(), pages.values().stream());
    }

    /** Compares pages with what is stored; what is to be repaired is made to look different to the load. */
    synchronized void look(RunPlan plan, SqlLoad load, List<Page> arrived) {
        if (storedBefore < 0) {
            storedBefore = load.liveRows();
        }
        StoredRows stored = load.stored();
        settle(arrived.get(0).number());
        for (Page page : arrived) {
            Tally tally = new Tally(page.round());
            RowShape shape = plan.shape();
            Map<String, Verdict.Held> held =
                    stored.of(page.rows(), shape::hashOf, shape::wholeHashOf, shape::hashOfRecord);
            Unplaced unplaced = Unplaced.of(plan, page.rows());
            tally.refused = page.refused().size();
            List<Row> doubtful = new ArrayList<>();
            for (Row row : page.rows()) {
                String key = String.valueOf(row.keyHash());
                if (unplaced.refused().contains(key)) {
                    tally.refused++;
                    continue;
                }
                Verdict.Held found = held.get(key);
                Verdict verdict = unplaced.waiting().contains(key)
                        ? Verdict.WAITING
                        : Verdict.of(row, shape.hashOf(stored.kept(row)), found, reached);
                tally.add(verdict, row::reference);
                if (verdict.isWrong()) {
                    doubtful.add(row);
                }
            }
            if (wanted.keysOnly()) {
                Set<String> live = stored.live(page.seen());
                page.seen()
                        .forEach(key -> tally.add(
                                live.contains(key) ? Verdict.SAME : Verdict.MISSING,
                                () -> plan.entity().slug() + "[" + key + "]"));
            }
            pages.put(page.number(), tally);
            if (repairs() && !doubtful.isEmpty()) {
                stored.doubt(doubtful);
            }
        }
    }

    /** At the end of each listing, before anything is called deleted. */
    void listed(RunPlan plan) {
        if (plan.feed().showsAll()) {
            whole = tallies()
                    .filter(tally -> !tally.verdicts.isEmpty())
                    .mapToInt(tally -> tally.round)
                    .max()
                    .orElse(0);
        }
    }

    /** The rows that seem to be gone from the source, as look-ups; empty where a listing is not whole or they are too many. */
    List<SourceRequest> gone(RunPlan plan) {
        if (!plan.feed().showsAll()) {
            return List.of();
        }
        Unseen unseen = plan.load().unseen();
        extra = unseen.count();
        int most = plan.feed().mostLookUps();
        if (extra == 0) {
            gone.clear();
            return List.of();
        }
        Map<String, List<String>> keys = unseen.keys(Math.max(MOST_SAMPLES, most));
        name(plan, keys);
        boolean few = extra <= most && !plan.entity().columns().keyNames().isEmpty();
        return few ? plan.feed().lookUps(plan, keys) : List.of();
    }

    /** Keeps the names of some rows that are stored, but not at the source. */
    void name(RunPlan plan, Map<String, List<String>> keys) {
        gone.clear();
        keys.values().stream().limit(MOST_SAMPLES).forEach(key -> gone.add(sample(plan, key)));
    }

    private static VerifyReport.Sample sample(RunPlan plan, List<String> key) {
        return new VerifyReport.Sample("extra", plan.entity().slug() + "[" + String.join(",", key) + "]");
    }

    /** Takes what look-ups said: what is there after all is not extra. */
    void lookedUp(LookAgain.Answers answers) {
        extra -= answers.list().stream()
                .filter(answer -> answer.verdict() == LookUpAnswer.Verdict.PRESENT)
                .count();
    }

    /** At the good end of the run: tells what was found. */
    void tell(RunPlan plan, long deleted) {
        SqlLoad load = (SqlLoad) plan.load();
        Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
        List<VerifyReport.Sample> samples = new ArrayList<>();
        long refused = 0;
        for (Tally tally : tallies().toList()) {
            boolean counts = repairs() || tally.round == whole;
            tally.verdicts.forEach((verdict, rows) -> {
                if (counts && verdict.isWrong() || tally.round == whole) {
                    verdicts.merge(verdict, rows, Long::sum);
                }
            });
            samples.addAll(counts ? tally.samples : List.of());
            refused += tally.round == whole ? tally.refused : 0;
        }
        samples.addAll(gone);
        long rows = listedRows();
        long others = verdicts.entrySet().stream()
                .filter(entry -> entry.getKey() != Verdict.SAME)
                .mapToLong(Map.Entry::getValue)
                .sum();
        verdicts.computeIfPresent(Verdict.SAME, (same, count) -> Math.min(count, Math.max(0, rows - others)));
        wanted.told()
                .accept(new VerifyReport(
                        plan.entity().name(),
                        rows + refused,
                        storedBefore < 0 ? load.liveRows() : storedBefore,
                        refused,
                        verdicts,
                        repairs() ? deleted + plan.held() + extra : extra,
                        load.stored().duplicates(),
                        new DanglingLookups(plan).find(),
                        samples.subList(0, Math.min(MOST_SAMPLES, samples.size())),
                        wanted.keysOnly() ? List.of() : unreadable,
                        repairs(),
                        plan.held() + (repairs() ? extra : 0)));
    }

    private long listedRows() {
        return tallies()
                .filter(tally -> tally.round == whole)
                .flatMap(tally -> tally.verdicts.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
