package dev.caravan.sandbox.dataverse;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All tables, under one lock: one page is one look at them. The version counts for all of them, as in Dataverse. */
final class World {
    private static final long FIRST_VERSION = 1_000_000;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, TableStore> tables = new LinkedHashMap<>();
    private volatile Clock clock = Clock.systemUTC();
    private final SortedSet<Long> open = new TreeSet<>();
    private long version = FIRST_VERSION;
    private long forgottenChanges;
    private long schemaVersion = 6_012_567;

    /** Looks; others may look at the same time. */
    <T> T read(Supplier<T> look) {
        lock.readLock().lock();
        try {
            return look.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Changes; nobody looks meanwhile. */
    <T> T write(Supplier<T> change) {
        lock.writeLock().lock();
        try {
            return change.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    void change(Runnable change) {
        write(() -> {
            change.run();
            return true;
        });
    }

    void setClock(Clock newClock) {
        clock = newClock;
    }

    Instant now() {
        return clock.instant();
    }

    /** The time in whole seconds, as rows have it. */
    String time() {
        return now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The version of the newest change. */
    long version() {
        return version;
    }

    long nextVersion() {
        version++;
        return version;
    }

    /** A version for a change that is to be seen later than others with higher ones. */
    long open() {
        long opened = nextVersion();
        open.add(opened);
        return opened;
    }

    void closed(long opened) {
        open.remove(opened);
    }

    /** The version below which nothing can appear any more, as SQL Server's least active one. */
    long settledVersion() {
        return open.isEmpty() ? version : open.first() - 1;
    }

    /** So many versions in a row; the first of them. */
    long reserve(int count) {
        long first = version + 1;
        version += count;
        return first;
    }

    /** Delta links from before this version have expired. */
    long forgottenChanges() {
        return forgottenChanges;
    }

    void forgetChanges() {
        forgottenChanges = nextVersion();
    }

    long schemaVersion() {
        return schemaVersion;
    }

    void schemaChanged() {
        schemaVersion++;
    }

    void put(TableStore table) {
        tables.put(table.description().entitySet(), table);
        schemaChanged();
    }

    /** Those that are to be seen. */
    List<TableStore> tables() {
        List<TableStore> there = new ArrayList<>(tables.values());
        there.removeIf(table -> table.state().hidden());
        return there;
    }

    List<String> entitySets() {
        return tables().stream().map(table -> table.description().entitySet()).toList();
    }

    Optional<TableStore> table(String entitySet) {
        return Optional.ofNullable(tables.get(entitySet));
    }

    Optional<TableStore> byLogicalName(@Nullable String logicalName) {
        return tables().stream()
                .filter(table -> table.description().logicalName().equals(logicalName))
                .findFirst();
    }
}
