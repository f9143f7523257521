package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.mapping.Mapper;
import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RunCounts;
import dev.caravan.model.RunRecord;
import dev.caravan.source.apismith.AnswerMemory;
import dev.caravan.source.apismith.KnownListing;
import dev.caravan.store.CursorRepository;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * The listings after which tables held just the rows that came. One is kept at the good end of a run, and forgotten as soon
 * as anything else is written into its table. Stateless but for the database.
 */
final class KnownListings {
    /** The routes that make rows of answers and store them. */
    private static final List<String> ROUTES = List.of("page", "record", "record-by-record", "store");

    private final Targets targets;
    private final Caller caller;

    KnownListings(Targets targets, Caller caller) {
        this.targets = targets;
        this.caller = caller;
    }

    /** What a run over an entity knows of its answers; nothing where a run may end amid its rows, or is to read them all. */
    AnswerMemory of(Stores stores, EntityRecord entity, ConnectorSettings connector, SyncOptions options) {
        boolean wanted = targets.kind(entity, connector).equals(Targets.SQL)
                && connector.entity(entity.slug()).window().isEmpty()
                && options.limit().isEmpty()
                && options.since().isEmpty()
                && options.trace().isEmpty();
        if (!wanted) {
            return AnswerMemory.none();
        }
        boolean mayKnow = !options.full() && !entity.firstLoad();
        return AnswerMemory.of(
                layout(stores, entity, connector),
                stores.cursors()
                        .kept(entity.uid(), CursorRepository.LISTING)
                        .filter(kept -> mayKnow)
                        .flatMap(KnownListing::parse));
    }

    /** Whatever makes other rows of the same answers, as one hash. */
    private String layout(Stores stores, EntityRecord entity, ConnectorSettings connector) {
        EntitySettings own = connector.entity(entity.slug());
        Mapper mapper = Mappings.mapper(stores, connector, entity);
        StringJoiner text = new StringJoiner("\n")
                .add(String.valueOf(KnownListings.class.getPackage().getImplementationVersion()))
                .add(caller.picture(ROUTES))
                .add(connector.url() + " " + connector.orderBy() + " " + connector.dayFirst())
                .add(entity.schema() + "." + entity.table() + " " + own.history() + " " + own.parents())
                .add(new TreeSet<>(own.layers()).toString())
                .add(text(entity.columns()))
                .add(text(mapper.target()))
                .add(Mappings.of(stores, connector, entity).toString());
        return KnownListing.digest(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Columns columns) {
        StringJoiner text = new StringJoiner(", ");
        for (Column column : columns) {
            text.add(column.toString());
        }
        return text + " by " + columns.keyNames();
    }

    /** Keeps a listing at the end of its run, if the table now holds just its rows. Inside the run's last transaction. */
    static void keep(RunPlan plan, KnownListing listing, long live) {
        RunCounts counts =
                plan.stores().runs().find(plan.run()).map(RunRecord::counts).orElse(RunCounts.NONE);
        boolean clean = counts.failed() + counts.pending() + counts.repeated() == 0
                && counts.fetched() == listing.records()
                && live == listing.records();
        if (clean) {
            plan.stores().cursors().keep(plan.entity().uid(), CursorRepository.LISTING, listing.text());
        }
    }

    /** Forgets the listing of an entity of which something else was written or refused. */
    static void forget(Stores stores, String entity) {
        stores.cursors().forget(entity, CursorRepository.LISTING);
    }
}
