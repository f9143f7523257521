package dev.caravan.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One synced API as it is remembered.
 *
 * @param connector the connector's name
 * @param slug the API's name in paths
 * @param columns the layout as last discovered
 * @param enabled whether it is synced
 * @param firstLoad whether its table still lacks the secondary indexes of a finished first load
 * @param lastFullPassAt when it was last listed whole; null for never
 * @param deletesHeld how many rows wait for a person's word before they are called deleted; null for none
 */
public record EntityRecord(
        String uid,
        String connector,
        String slug,
        String description,
        Strategy strategy,
        String schema,
        String table,
        Columns columns,
        boolean enabled,
        boolean firstLoad,
        @Nullable Instant lastSyncAt,
        @Nullable String lastSyncStatus,
        @Nullable String lastRowversion,
        long total,
        @Nullable Instant lastFullPassAt,
        @Nullable String note,
        @Nullable Long deletesHeld,
        boolean deletesApproved) {

    /** As routes and people call it: {@code erp.items}. */
    public String name() {
        return connector + "." + slug;
    }

    /** The same entity with another layout. */
    public EntityRecord withColumns(Columns other) {
        return new EntityRecord(
                uid,
                connector,
                slug,
                description,
                strategy,
                schema,
                table,
                other,
                enabled,
                firstLoad,
                lastSyncAt,
                lastSyncStatus,
                lastRowversion,
                total,
                lastFullPassAt,
                note,
                deletesHeld,
                deletesApproved);
    }
}
