package dev.caravan.target.sql;

import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.target.Load;
import dev.caravan.target.Unseen;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The rows of one run on their way into one table. Used by one thread at a time, inside its transaction. */
public final class SqlLoad implements Load {
    /** A table of records keeps the source's version under the source's name for it. */
    private static final String VERSION = "\"versionnumber\"";

    private final JdbcTemplate jdbc;
    private final TableMaker maker;
    private final SeenKeys seen;
    private final DataSource dataSource;
    private final boolean byVersion;
    private final Clock clock;
    private final Supplier<String> ids;
    private TargetTable table;
    private final String run;
    private Arrivals arrivals;
    private boolean first;
    private boolean repeated;
    private boolean arrived;
    private boolean onlyLive;
    private @Nullable LoadedVersions versions;

    /**
     * @param first whether the table was empty when its first load began
     * @param byVersion whether the source's row versions mean something
     * @param ids new identities, in the order of time
     */
    public SqlLoad(
            DataSource dataSource,
            TargetTable table,
            TableMaker maker,
            String run,
            boolean first,
            boolean byVersion,
            Clock clock,
            Supplier<String> ids) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.maker = maker;
        this.seen = new SeenKeys(dataSource, table, run);
        this.run = run;
        this.arrivals = new Arrivals(dataSource, table, run, byVersion, !first);
        this.first = first;
        this.onlyLive = first && table.audit().loadsWithoutKey();
        this.byVersion = byVersion;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Keeps versions of the rows from now on.
     *
     * @param making makes what the versions of a table's rows need, as the table is now
     * @return the versions, to be brought up to what the table holds
     */
    public RowVersions keepVersions(Function<TargetTable, RowVersions> making) {
        LoadedVersions kept = new LoadedVersions(making, table);
        versions = kept;
        return kept.versions();
    }

    /** The pass over all rows that the run belongs to. */
    public void partOf(PassRows pass) {
        seen.partOf(pass);
    }

    @Override
    public void keepSeen() {
        seen.create();
        seen.keep();
    }

    public boolean isFirst() {
        return first;
    }

    @Override
    public boolean sawRepeated() {
        return repeated;
    }

    /** Whether rows are noted as seen in a first load too: what an earlier attempt at it had stored may be gone since. */
    public boolean noticesAll() {
        return !table.audit().loadsWithoutKey();
    }

    public TargetTable table() {
        return table;
    }

    /** Compares pages with what is stored. */
    public Changes compare(List<Page> pages) {
        List<Row> rows = new ArrayList<>();
        List<String> refusedKeys = new ArrayList<>();
        boolean again = false;
        for (Page page : pages) {
            rows.addAll(page.rows());
            again |= page.round() > 0;
            refusedKeys.addAll(page.seen());
            for (Refusal refusal : page.refused()) {
                if (refusal.keyHash() != null) {
                    refusedKeys.add(refusal.keyHash());
                }
            }
        }
        if (!table.hasExtra() && pages.stream().anyMatch(Page::hasExtra)) {
            addExtra();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Supplier<String> given = versions == null ? ids : versions.begin(now, ids);
        Comparison comparison = new Comparison(table, byVersion, again, now, given, rows.size());
        pages.forEach(comparison::refusals);
        boolean allNew = first && table.audit().loadsWithoutKey();
        arrived = !allNew && !(rows.isEmpty() && refusedKeys.isEmpty());
        if (allNew) {
            comparison.addAll(rows);
        } else if (arrived) {
            seen.create();
            seen.refuse(refusedKeys);
            comparison.compareAll(rows, arrivals.differing(rows));
        }
        deletions(pages, now).ifPresent(comparison::delete);
        Changes changes = comparison.result(pages);
        repeated |= first && changes.repeated() && table.audit().loadsWithoutKey();
        return changes;
    }

    /** What the table holds, value by value. */
    public StoredRows stored() {
        return new StoredRows(dataSource, table);
    }

    /** A transaction that is rolled back takes the column along. */
    private void addExtra() {
        TargetTable without = table;
        LoadedVersions kept = versions;
        RowVersions before = kept == null ? null : kept.versions();
        table = maker.addExtra(table);
        if (kept != null) {
            kept.follow(table);
        }
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    if (status != STATUS_COMMITTED) {
                        table = without;
                        if (kept != null && before != null) {
                            kept.back(before);
                        }
                    }
                }
            });
        }
    }

    private Optional<Changes.Batch> deletions(List<Page> pages, Instant now) {
        boolean some = pages.stream().anyMatch(page -> !page.gone().isEmpty());
        return some ? new FeedDeletions(dataSource, table).of(pages, now) : Optional.empty();
    }

    /**
     * Notes the rows of {@link #compare} as seen, once they are written.
     *
     * @param held business-key hashes of those that are not written for want of their parents
     */
    public void noteSeen(List<String> held) {
        if (arrived) {
            arrivals.note();
            seen.refuse(held);
        }
    }

    /** Keeps versions of the rows of {@link #compare}, once they are written; nothing where none are wanted. */
    public void noteVersions(Changes changes) {
        if (versions != null) {
            versions.write(changes, arrived ? arrivals : null);
        }
    }

    /** Writes a batch as a stream. */
    public void copy(Changes.Batch batch) {
        Bulk bulk = batch.bulk();
        if (bulk == null) {
            throw new IllegalArgumentException("This batch is not written as a stream");
        }
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            bulk.write(connection, batch.rows());
            return true;
        });
    }

    /** Writes row by row, each under a savepoint; what the database refuses for its data becomes a dead letter. */
    public Changes writeOneByOne(Changes changes) {
        return new RowByRow(jdbc).write(changes);
    }

    /** Whether a failure lies in the data of a row, not in the database. */
    public static boolean isBadData(Throwable failure) {
        return DatabaseFaults.kind(failure) == FaultKind.BAD_DATA;
    }

    /**
     * Ends a first load: its indexes are built. To be called inside a transaction.
     *
     * @return rows taken out because their key came twice
     */
    public int finishFirst(String plainName) {
        int removed = maker.index(table, plainName);
        repeated |= removed > 0;
        if (versions != null && removed > 0) {
            versions.versions().forgetTakenOut();
        }
        first = false;
        arrivals = new Arrivals(dataSource, table, run, byVersion, true);
        return removed;
    }

    /** The highest version that a table of records holds; 0 for none. */
    public long highestVersion() {
        Long highest = jdbc.queryForObject("SELECT max(" + VERSION + ") FROM " + table.name(), Long.class);
        return highest == null ? 0 : highest;
    }

    /** The highest version in a table of records that is below all that were given out from a time on; 0 for none. */
    public long versionBefore(Instant time) {
        Long lowest = jdbc.queryForObject(
                "SELECT min(" + VERSION + ") FROM " + table.name() + " WHERE "
                        + table.dialect().quote("modifiedon") + " >= ?",
                Long.class,
                table.time(time));
        Long highest = jdbc.queryForObject(
                "SELECT max(" + VERSION + ") FROM " + table.name() + " WHERE " + VERSION + " < ?",
                Long.class,
                lowest == null ? Long.MAX_VALUE : lowest);
        return highest == null ? 0 : highest;
    }

    /** The rows that the pass did not see. */
    Deletions deletions() {
        seen.create();
        return new Deletions(dataSource, table, seen.unseen(), clock, versions == null ? null : versions.versions());
    }

    @Override
    public Unseen unseen() {
        onlyLive = false;
        return deletions();
    }

    /** In a first load nothing is deleted yet: an index tells how many rows there are. */
    @Override
    public long liveRows() {
        if (onlyLive) {
            Long rows = jdbc.queryForObject("SELECT count(*) FROM " + table.name(), Long.class);
            return rows == null ? 0 : rows;
        }
        return deletions().liveRows();
    }

    /** Forgets the keys that were seen. */
    @Override
    public void forget() {
        seen.drop();
        arrivals.drop();
    }

    @Override
    public @Nullable String versionBelow(String version) {
        return maker.versionBelow(table, version);
    }
}
