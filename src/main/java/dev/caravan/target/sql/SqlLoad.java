package dev.caravan.target.sql;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.DatabaseFaults;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.Page;
import dev.caravan.model.Refusal;
import dev.caravan.model.Row;
import dev.caravan.model.RunCounts;
import dev.caravan.target.Letters;
import dev.caravan.target.Load;
import dev.caravan.target.Unseen;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        this.arrivals = new Arrivals(dataSource, table, run, byVersion);
        this.first = first;
        this.byVersion = byVersion;
        this.clock = clock;
        this.ids = ids;
    }

    public boolean isFirst() {
        return first;
    }

    @Override
    public boolean sawRepeated() {
        return repeated;
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
        if (!table.hasExtra() && rows.stream().map(Row::extra).anyMatch(Objects::nonNull)) {
            addExtra();
        }
        Comparison comparison = new Comparison(table, byVersion, again, clock.instant(), ids);
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
        deletions(pages).ifPresent(comparison::delete);
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
        table = maker.addExtra(table);
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    table = status == STATUS_COMMITTED ? table : without;
                }
            });
        }
    }

    private Optional<Changes.Batch> deletions(List<Page> pages) {
        boolean some = pages.stream().anyMatch(page -> !page.gone().isEmpty());
        return some ? new FeedDeletions(dataSource, table).of(pages, clock.instant()) : Optional.empty();
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
        List<DeadLetter> letters = new ArrayList<>(changes.letters());
        List<Row> written = new ArrayList<>(changes.stored());
        long inserted = changes.counts().inserted();
        long updated = changes.counts().updated();
        for (Changes.Batch batch : changes.batches()) {
            for (int i = 0; i < batch.rows().size(); i++) {
                CaravanException refusal = tryWrite(batch.sql(), batch.rows().get(i));
                if (refusal != null) {
                    Row row = batch.sources().get(i);
                    letters.add(Letters.of(row, "INGEST", refusal.code(), String.valueOf(refusal.getMessage())));
                    written.remove(row);
                    boolean insert = batch.isInsert();
                    inserted -= insert ? 1 : 0;
                    updated -= insert ? 0 : 1;
                }
            }
        }
        RunCounts counts = changes.counts();
        long failed = counts.failed() + letters.size() - changes.letters().size();
        RunCounts settled = new RunCounts(
                counts.fetched(),
                inserted,
                updated,
                counts.deleted(),
                counts.skipped(),
                failed,
                counts.pending(),
                counts.repeated());
        return new Changes(changes.pages(), List.of(), settled, letters, written, changes.repeated(), changes.held());
    }

    private @Nullable CaravanException tryWrite(String sql, @Nullable Object[] values) {
        return jdbc.execute((ConnectionCallback<@Nullable CaravanException>) connection -> {
            var before = connection.setSavepoint();
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.executeUpdate();
                connection.releaseSavepoint(before);
                return null;
            } catch (SQLException refused) {
                connection.rollback(before);
                if (isBadData(refused)) {
                    return DatabaseFaults.of("Storing the row", refused);
                }
                throw refused;
            }
        });
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
        first = false;
        arrivals = new Arrivals(dataSource, table, run, byVersion);
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
        return new Deletions(dataSource, table, seen.unseen(), clock);
    }

    @Override
    public Unseen unseen() {
        return deletions();
    }

    @Override
    public long liveRows() {
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
