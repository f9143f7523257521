package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.store.Database;
import dev.caravan.store.OldState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A database that a script filled from Dataverse before: its tables are gone on with, from where it had come. One
 * connector, one discovery, inside its transaction.
 */
public final class TakeOver {
    private final OldState old;
    private final Stores stores;
    private final Map<String, Instant> timestamps;

    private TakeOver(OldState old, Stores stores) {
        this.old = old;
        this.stores = stores;
        this.timestamps = old.timestamps();
    }

    /** Puts the script's own tables aside, where they are there, and tells so. */
    static TakeOver begin(TargetDatabase database, ConnectorSettings connector, List<String> news) {
        OldState old = new OldState(database.database(), connector.schema());
        TakeOver takeOver = new TakeOver(old, database.stores());
        if (old.isThere()) {
            news.add(connector.name() + ": the database of another tool is taken over; its own tables are now "
                    + String.join(" and ", old.putAside()));
        }
        return takeOver;
    }

    /** What a connector's next discovery would say of it; nothing is changed. */
    public static List<String> announce(Database database, ConnectorSettings connector) {
        OldState old = new OldState(database, connector.schema());
        if (!old.isThere()) {
            return List.of();
        }
        List<String> own = old.own();
        List<String> aside = own.stream().map(name -> name + "_old").toList();
        return List.of(connector.name() + ": takes the database of another tool over: its tables "
                + String.join(" and ", own) + " are renamed to " + String.join(" and ", aside)
                + ", columns that lack are added, rows stay, and tables"
                + " go on from their last_timestamp: "
                + String.join(", ", new TreeSet<>(old.timestamps().keySet())));
    }

    /** Lets a table that holds rows, and of which nothing is known yet, go on from where the script had come. */
    void goOn(EntityRecord entity, List<String> news) {
        Instant reached = timestamps.getOrDefault(entity.slug(), timestamps.get(entity.description()));
        boolean begun = List.of(DataverseCursors.LINK, DataverseCursors.VERSION, DataverseCursors.TIME).stream()
                .anyMatch(type -> stores.cursors().value(entity.uid(), type).isPresent());
        EntityRecord remembered = stores.entities().get(entity.uid());
        if (reached == null || begun || remembered.firstLoad() || remembered.lastSyncAt() != null) {
            return;
        }
        stores.cursors().put(entity.uid(), DataverseCursors.TIME, reached.toString());
        news.add(entity.name() + ": goes on from " + reached);
    }

    /** Makes the views that are called as the script's own tables were. */
    void show() {
        old.show();
    }
}
