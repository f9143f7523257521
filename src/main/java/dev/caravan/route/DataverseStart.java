package dev.caravan.route;

import dev.caravan.model.Columns;
import dev.caravan.model.Strategy;
import dev.caravan.source.dataverse.GuidSet;
import dev.caravan.source.dataverse.Listing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run over a table of Dataverse begins. Immutable.
 *
 * @param table the entity's name, for people
 * @param set the entity set
 * @param columns the layout of its rows
 * @param strategy how it is synced
 * @param listing what is asked for first
 * @param from from where, for the history; null for all rows
 * @param further listings that follow the first one
 * @param linked the ids that are wanted; null where all rows are
 * @param held those of them that the target has already
 * @param sweep whether the keys of all rows are due, unless all rows are listed anyway
 * @param deletes whether rows that are gone are marked
 * @param first rows a page of the first listing; 0 for as many as there is room for
 * @param pageSize most rows a page
 * @param room bytes that an answer is to have at most, about
 * @param whole whether rows that are held are asked for again whatever the cursor says
 * @param moves whether its end is a new cursor
 */
record DataverseStart(
        String table,
        String set,
        Columns columns,
        Strategy strategy,
        Listing listing,
        @Nullable String from,
        List<Listing> further,
        @Nullable GuidSet linked,
        @Nullable GuidSet held,
        boolean sweep,
        boolean deletes,
        int first,
        int pageSize,
        long room,
        boolean whole,
        boolean moves) {
    /** What the service is asked to keep to in its answer to a listing. */
    String preferences(Listing asked, int rows) {
        StringBuilder prefer = new StringBuilder("odata.maxpagesize=").append(rows);
        boolean tracks = strategy == Strategy.TRACK && asked.kind() == Listing.Kind.ALL;
        if (tracks || asked.kind() == Listing.Kind.CHANGES) {
            prefer.append(",odata.track-changes");
        }
        boolean lookups =
                columns.list().stream().anyMatch(column -> column.declaredType().equals("lookuplogicalname"));
        if (lookups && !asked.onlyKeys()) {
            prefer.append(",odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"");
        }
        return prefer.toString();
    }
}
