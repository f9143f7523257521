package dev.caravan.store;

import dev.caravan.model.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table {@code entity_locks}: one run an entity, over all processes. Safe for several threads.
 *
 * <p>A process has one of these: what it holds is known here too, so that a lock which could not be given back while the
 * database was away is not taken for that of a living run.
 */
public final class LockRepository {
    private static final Duration SILENT = Duration.ofSeconds(60);

    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;
    private final Owner me;
    private final Predicate<Owner> alive;
    private final Map<String, String> mine = new ConcurrentHashMap<>();

    /**
     * @param me this process
     * @param alive whether a process of this host still runs
     */
    public LockRepository(Database database, Clock clock, Owner me, Predicate<Owner> alive) {
        this.jdbc = new JdbcTemplate(database.joining());
        this.table = database.table("entity_locks");
        this.clock = clock;
        this.me = me;
        this.alive = alive;
    }

    /**
     * Takes the lock of an entity, also from an owner that is dead: at once if it is a process of this host, else
     * after 60 s without a sign of life.
     *
     * @return who holds it; empty if it is ours now
     */
    public Optional<Owner> acquire(String entityUid, String holder) {
        Instant now = clock.instant();
        Optional<Held> held = held(entityUid);
        if (held.isPresent() && isLiving(held.get(), now)) {
            return Optional.of(held.get().owner);
        }
        held.ifPresent(dead -> jdbc.update(
                "DELETE FROM " + table + " WHERE entity_uid = ? AND run_uid = ? AND heartbeat_at = ?",
                entityUid,
                dead.run,
                Times.write(dead.heartbeat)));
        mine.put(holder, entityUid);
        boolean taken = false;
        try {
            taken = insert(entityUid, holder, Times.write(now));
        } finally {
            if (!taken) {
                mine.remove(holder);
            }
        }
        return taken
                ? Optional.empty()
                : Optional.of(held(entityUid).map(h -> h.owner).orElse(me));
    }

    private boolean insert(String entityUid, String holder, String time) {
        return jdbc.update(
                        "INSERT INTO " + table + " (uid, entity_uid, run_uid, host, pid, process_start, heartbeat_at,"
                                + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entity_uid) DO NOTHING",
                        Uids.next(),
                        entityUid,
                        holder,
                        me.host(),
                        me.pid(),
                        me.start().toString(),
                        time,
                        time,
                        time)
                == 1;
    }

    private boolean isLiving(Held held, Instant now) {
        if (held.owner.equals(me)) {
            return mine.containsKey(held.run);
        }
        if (held.owner.host().equals(me.host())) {
            return alive.test(held.owner);
        }
        return held.heartbeat.plus(SILENT).isAfter(now);
    }

    private Optional<Held> held(String entityUid) {
        List<Held> found = jdbc.query(
                "SELECT * FROM " + table + " WHERE entity_uid = ?",
                (row, number) -> new Held(
                        row.getString("run_uid"),
                        new Owner(
                                row.getString("host"),
                                row.getLong("pid"),
                                Instant.parse(row.getString("process_start"))),
                        Times.require(row, "heartbeat_at")),
                entityUid);
        return found.stream().findFirst();
    }

    /**
     * A sign of life of the holder.
     *
     * @return false if the lock is no longer its own: it must stop
     */
    public boolean heartbeat(String entityUid, String holder) {
        return jdbc.update(
                        "UPDATE " + table + " SET heartbeat_at = ? WHERE entity_uid = ? AND run_uid = ?",
                        Times.write(clock.instant()),
                        entityUid,
                        holder)
                == 1;
    }

    /** A sign of life of every lock that this process holds. */
    public void heartbeatAll() {
        mine.forEach((holder, entityUid) -> heartbeat(entityUid, holder));
    }

    /**
     * Gives the lock back, also where the database cannot be told: then the next to ask takes it. Nothing happens if it is no longer ours.
     *
     * @return whether it was
     */
    public boolean release(String entityUid, String holder) {
        mine.remove(holder);
        return jdbc.update("DELETE FROM " + table + " WHERE entity_uid = ? AND run_uid = ?", entityUid, holder) == 1;
    }

    /** Who holds the lock of an entity; empty if nobody does. */
    public Optional<Owner> holder(String entityUid) {
        return held(entityUid).map(Held::owner);
    }

    private record Held(String run, Owner owner, Instant heartbeat) {}
}
