package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.SchemaChange;
import dev.caravan.target.Load;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go, beside the routes {@code store-<kind>} and {@code settle-<kind>} that carry them there. Safe for several
 * threads.
 */
interface Target {
    /** Makes what an entity needs before its first row; does nothing where it is there. Inside a transaction. */
    void prepare(EntityRecord entity, ConnectorSettings connector);

    /** Whether what {@link #prepare} makes is there. */
    boolean isThere(EntityRecord entity, ConnectorSettings connector);

    /** Follows the source's changed columns. Inside a transaction. */
    void follow(EntityRecord entity, ConnectorSettings connector, List<SchemaChange> changes);

    /** Puts what an entity has aside under another name, so that it can be made anew. Inside a transaction. */
    void setAside(EntityRecord entity, ConnectorSettings connector);

    /** Opens the load of a run. */
    Load open(RunPlan plan);

    /** Those among some business-key hashes whose records are there; none where nothing of the entity is. */
    Set<String> stored(EntityRecord entity, ConnectorSettings connector, Collection<String> keyHashes);

    /** From which row version a delta is asked: the highest stored one strictly below the cursor; null for none. */
    @Nullable
    String versionBelow(EntityRecord entity, ConnectorSettings connector, String cursor);
}
