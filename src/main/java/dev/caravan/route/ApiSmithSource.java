package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import dev.caravan.source.apismith.AnswerMemory;
import dev.caravan.source.apismith.ApiSmithAnswers;
import dev.caravan.source.apismith.Checkpoint;
import dev.caravan.source.apismith.Listing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** APISmith as a kind of source. */
final class ApiSmithSource implements Source {
    private static final Duration EARLY = Duration.ofMinutes(1);

    private final TargetDatabases databases;
    private final Targets targets;
    private final Discovery discovery;
    private final KnownListings listings;
    private final Caller caller;
    private final Clock clock;

    ApiSmithSource(TargetDatabases databases, Targets targets, Discovery discovery, Caller caller, Clock clock) {
        this.databases = databases;
        this.targets = targets;
        this.discovery = discovery;
        this.listings = new KnownListings(targets, caller);
        this.caller = caller;
        this.clock = clock;
    }

    @Override
    public Begun begin(EntityRecord entity, ConnectorSettings connector, SyncOptions options) {
        Stores stores = databases.of(connector).stores();
        Strategy strategy = connector.entity(entity.slug()).strategy().orElse(entity.strategy());
        Optional<String> cursor = stores.cursors().value(entity.uid());
        boolean versions = strategy == Strategy.ROWVERSION || strategy == Strategy.AUTO && cursor.isPresent();
        Optional<String> since = options.since();
        boolean full = since.isEmpty()
                && (options.full()
                        || entity.firstLoad()
                        || !versions
                        || cursor.isEmpty()
                        || fullPassDue(entity, connector));
        String above = since.isPresent()
                ? since.get()
                : full ? null : targets.of(entity, connector).versionBelow(entity, connector, cursor.orElse(""));
        int page = 1;
        int pageSize = connector.pageSize();
        Optional<Checkpoint> checkpoint =
                stores.cursors().checkpoint(entity.uid()).map(Checkpoint::parse);
        if (since.isEmpty()
                && entity.firstLoad()
                && checkpoint.isPresent()
                && checkpoint.get().full()) {
            page = Math.max(1, checkpoint.get().page() - 1);
            pageSize = checkpoint.get().pageSize();
        }
        boolean wantsVersions = strategy == Strategy.ROWVERSION || strategy == Strategy.AUTO;
        Listing listing = checkpoint
                .filter(stood -> goesOn(entity, connector, options) && stood.isKnownPlace())
                .map(stood -> Listing.onward(entity.slug(), stood, wantsVersions, !entity.firstLoad()))
                .orElse(Listing.first(entity.slug(), full || above == null, above, page, pageSize, wantsVersions));
        return new Begun(
                new ApiSmithFeed(
                        stores,
                        entity,
                        strategy,
                        versions,
                        reaches(since, cursor),
                        listing,
                        listing.resumed() ? Nights.goneOnWith(stores, entity) : null,
                        strategy == Strategy.ROWVERSION || !listing.full() || listing.page() > 1
                                ? AnswerMemory.none()
                                : listings.of(stores, entity, connector, options)),
                shape(entity, connector));
    }

    @Override
    public RowShape shape(EntityRecord entity, ConnectorSettings connector) {
        Stores stores = databases.of(connector).stores();
        return new ApiSmithShape(entity, connector, Mappings.mapper(stores, connector, entity));
    }

    /** Whether a pass may take several runs: the order of its pages is fixed, and a window may end each run. */
    private static boolean goesOn(EntityRecord entity, ConnectorSettings connector, SyncOptions options) {
        return connector.entity(entity.slug()).window().isPresent()
                && connector.orderBy()
                && !entity.columns().keyNames().isEmpty()
                && options.since().isEmpty()
                && !options.full();
    }

    /** Whether a run leaves no gap between the cursor and where it begins. */
    private static boolean reaches(Optional<String> since, Optional<String> cursor) {
        return since.isEmpty() || cursor.isPresent() && cursor.get().compareTo(since.get()) >= 0;
    }

    private boolean fullPassDue(EntityRecord entity, ConnectorSettings connector) {
        Instant last = entity.lastFullPassAt();
        return connector
                .entity(entity.slug())
                .fullPassEvery()
                .map(every -> last == null || last.plus(every).isBefore(clock.instant()))
                .orElse(false);
    }

    @Override
    public List<String> discover(ConnectorSettings connector) {
        return discovery.discover(connector);
    }

    @Override
    public OptionalLong rows(EntityRecord entity, ConnectorSettings connector) {
        String path = "/api/v1/data/" + entity.slug() + "?page=1&page_size=1";
        long rows = caller.ask(
                new SourceRequest(SourceRequest.Kind.COUNT, connector.type(), connector.name(), "", path, null),
                Long.class);
        return rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows);
    }

    @Override
    public Token logIn(ConnectorSettings connector) {
        SourceRequest request = new SourceRequest(
                SourceRequest.Kind.LOGIN, connector.type(), connector.name(), "", connector.loginPath(), null);
        ApiSmithAnswers.Token token = caller.ask(request, ApiSmithAnswers.Token.class);
        Duration early = token.life().compareTo(EARLY.multipliedBy(2)) > 0
                ? EARLY
                : token.life().dividedBy(2);
        return new Token(token.value(), token.life().minus(early));
    }
}
