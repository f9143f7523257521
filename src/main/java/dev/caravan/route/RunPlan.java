package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.fault.RecordFault;
import dev.caravan.identity.Identifier;
import dev.caravan.mapping.Mapper;
import dev.caravan.mapping.Validator;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Row;
import dev.caravan.model.Strategy;
import dev.caravan.normalize.Normaliser;
import dev.caravan.normalize.NormaliserOptions;
import dev.caravan.schema.SafeNames;
import dev.caravan.source.apismith.ApiSmithPage;
import dev.caravan.source.apismith.ApiSmithPageReader;
import dev.caravan.source.apismith.ApiSmithPaging;
import dev.caravan.source.apismith.Listing;
import dev.caravan.target.sql.SqlLoad;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run needs, worked out once: how its rows are read, changed and written, and where it stands.
 *
 * <p>The listing belongs to the fetching thread, the load to the storing one; the rest is immutable.
 */
final class RunPlan {
    private final String run;
    private final EntityRecord entity;
    private final ConnectorSettings connector;
    private final Normaliser normaliser;
    private final Mapper mapper;
    private final Validator validator;
    private final Identifier identifier;
    private final ApiSmithPageReader reader;
    private final Instant startedAt;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong throttles = new AtomicLong();
    private volatile Listing listing;
    private volatile @Nullable ApiSmithPage previous;
    private volatile @Nullable SqlLoad load;
    private volatile boolean confirmDeletes;
    private volatile long held;
    private volatile boolean confirmed;
    private volatile boolean sawFull;
    private volatile @Nullable String safeCursor;
    private volatile Strategy strategy;

    RunPlan(
            String run,
            EntityRecord entity,
            ConnectorSettings connector,
            Strategy strategy,
            Listing listing,
            Instant now) {
        this.run = run;
        this.entity = entity;
        this.connector = connector;
        this.strategy = strategy;
        this.listing = listing;
        this.startedAt = now;
        NormaliserOptions options = new NormaliserOptions(connector.dayFirst(), ZoneOffset.UTC, true);
        this.normaliser = new Normaliser(entity.columns(), options);
        EntitySettings settings = connector.entity(entity.slug());
        this.mapper =
                new Mapper(entity.columns(), SafeNames.columns(entity.columns().names()), settings.mappings());
        this.validator = new Validator(mapper);
        this.identifier = new Identifier(entity.slug(), entity.columns(), mapper.target());
        this.reader = new ApiSmithPageReader(entity.slug(), entity.columns());
    }

    String run() {
        return run;
    }

    EntityRecord entity() {
        return entity;
    }

    ConnectorSettings connector() {
        return connector;
    }

    EntitySettings settings() {
        return connector.entity(entity.slug());
    }

    Normaliser normaliser() {
        return normaliser;
    }

    Mapper mapper() {
        return mapper;
    }

    Validator validator() {
        return validator;
    }

    Identifier identifier() {
        return identifier;
    }

    ApiSmithPageReader reader() {
        return reader;
    }

    Instant startedAt() {
        return startedAt;
    }

    AtomicLong requests() {
        return requests;
    }

    AtomicLong retries() {
        return retries;
    }

    AtomicLong throttles() {
        return throttles;
    }

    Strategy strategy() {
        return strategy;
    }

    void decide(Strategy decided) {
        this.strategy = decided;
    }

    Listing listing() {
        return listing;
    }

    @Nullable
    ApiSmithPage previous() {
        return previous;
    }

    void moveTo(Listing next, @Nullable ApiSmithPage page) {
        this.listing = next;
        this.previous = page;
    }

    SqlLoad load() {
        SqlLoad opened = load;
        if (opened == null) {
            throw new IllegalStateException("The load of " + entity.name() + " is not open");
        }
        return opened;
    }

    void open(SqlLoad opened) {
        this.load = opened;
    }

    /** Takes note of a listing that is over: up to which row version all rows are surely stored. */
    void settle(Listing done) {
        sawFull |= done.full();
        String safe = done.dataPages() <= 1 ? done.highest() : done.highestAtStart();
        safeCursor = ApiSmithPaging.later(safeCursor, safe);
    }

    /** Row version up to which all rows are stored; null for none. */
    @Nullable
    String safeCursor() {
        return safeCursor;
    }

    /** Whether all rows were listed at least once. */
    boolean sawFull() {
        return sawFull;
    }

    /** Whether another listing has said the same of the deletions. */
    boolean confirmed() {
        return confirmed;
    }

    void confirm() {
        this.confirmed = true;
    }

    /** Whether deletions wait for another listing to say the same. */
    boolean confirmDeletes() {
        return confirmDeletes;
    }

    void confirmDeletes(boolean confirm) {
        this.confirmDeletes = confirm;
    }

    /** How many deletions wait for a person's word. */
    long held() {
        return held;
    }

    void hold(long rows) {
        this.held = rows;
    }

    /** The business-key hash of a row that a stage refused; null where its key cannot be read. */
    @Nullable
    String keyOf(Row row) {
        int[] keys = entity.columns().keyIndexes();
        if (keys.length == 0) {
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[entity.columns().size()];
        try {
            for (int key : keys) {
                values[key] = normaliser.value(key, row.raw()[key]);
            }
        } catch (RecordFault unreadable) {
            return null;
        }
        return identifier.keyHash(values);
    }
}
