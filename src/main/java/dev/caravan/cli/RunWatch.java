package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunRecord;
import dev.caravan.route.Stores;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Looks at the runs under way once a second and tells the listener; asks the database nothing if nobody listens. */
final class RunWatch implements AutoCloseable {
    private final Set<Stores> databases;
    private final Map<String, EntityRecord> entities = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final SyncListener listener;
    private final CountDownLatch closed = new CountDownLatch(1);

    private RunWatch(Set<Stores> databases, List<EntityRecord> watched, SyncListener listener) {
        this.databases = databases;
        this.listener = listener;
        watched.forEach(entity -> entities.put(entity.uid(), entity));
    }

    static RunWatch begin(Set<Stores> databases, List<EntityRecord> watched, SyncListener listener) {
        RunWatch watch = new RunWatch(databases, watched, listener);
        if (!(listener instanceof SilentProgress)) {
            Thread thread = new Thread(watch::lookNowAndThen, "progress");
            thread.setDaemon(true);
            thread.start();
        }
        return watch;
    }

    private void lookNowAndThen() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        databases.forEach(this::look);
    }

    private void look(Stores stores) {
        try {
            for (RunRecord run : stores.runs().latest(null, entities.size())) {
                EntityRecord entity = entities.get(run.entityUid());
                if (entity != null && run.status().equals("running")) {
                    if (begun.add(run.uid())) {
                        long rows = entity.total();
                        listener.began(entity.name(), rows > 0 ? OptionalLong.of(rows) : OptionalLong.empty());
                    }
                    listener.fetched(entity.name(), run.counts().fetched());
                }
            }
        } catch (DataAccessException busy) {
            LoggerFactory.getLogger(RunWatch.class).debug("Progress is not known now", busy);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
