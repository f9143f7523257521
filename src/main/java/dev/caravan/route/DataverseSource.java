package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.config.Secret;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.Column;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import dev.caravan.source.dataverse.DataverseRequests;
import dev.caravan.source.dataverse.GuidSet;
import dev.caravan.source.dataverse.Listing;
import dev.caravan.source.dataverse.Listing.Kind;
import dev.caravan.source.dataverse.Login;
import dev.caravan.source.dataverse.Origin;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dataverse as a kind of source. */
final class DataverseSource implements Source {
    private final TargetDatabases databases;
    private final DataverseDiscovery discovery;
    private final Caller caller;
    private final long room;
    private final Clock clock;

    /**
     * @param room bytes that an answer is to have at most, about
     */
    DataverseSource(TargetDatabases databases, DataverseDiscovery discovery, Caller caller, long room, Clock clock) {
        this.databases = databases;
        this.discovery = discovery;
        this.caller = caller;
        this.room = room;
        this.clock = clock;
    }

    /** The settings of a table, by its entity set or by its logical name; of an entity of another source by its name. */
    static EntitySettings settings(ConnectorSettings connector, String set, String logicalName) {
        if (!connector.type().equals("dataverse")) {
            return connector.entity(set);
        }
        EntitySettings named = connector.settings().get(set);
        EntitySettings own = named == null ? connector.entity(logicalName) : named;
        boolean filtered =
                own.dataverse().onlyLinkedFrom().isEmpty() && DataverseTables.isFiltered(connector, set, logicalName);
        return filtered ? own.linkedFrom(LinkedColumns.ANY) : own;
    }

    @Override
    public Begun begin(EntityRecord entity, ConnectorSettings connector, SyncOptions options) {
        Stores stores = databases.of(connector).stores();
        DataverseCursors cursors = new DataverseCursors(stores, clock);
        EntitySettings settings = settings(connector, entity.slug(), entity.description());
        EntitySettings.Dataverse own = settings.dataverse();
        List<String> select = own.columns().isEmpty()
                ? List.of()
                : entity.columns().list().stream()
                        .filter(column -> !column.declaredType().equals("lookuplogicalname"))
                        .map(Column::name)
                        .toList();
        DataverseRequests requests = new DataverseRequests(entity.slug(), entity.columns(), own.filter(), select);
        Optional<String> checkpoint = entity.firstLoad() && options.since().isEmpty()
                ? stores.cursors()
                        .checkpoint(entity.uid())
                        .filter(text -> Listing.pageSize(text).isPresent())
                : Optional.empty();
        Beginning beginning = checkpoint
                .map(text -> new Beginning(new Listing(Kind.ALL, Listing.link(text), false, true), null, List.of()))
                .orElseGet(() -> options.since()
                        .map(since -> since(entity, own, requests, since))
                        .orElseGet(() -> beginning(entity, connector, cursors, options, requests)));
        LinkedColumns links = new LinkedColumns(databases.of(connector));
        GuidSet linked =
                own.onlyLinkedFrom().map(text -> links.needed(entity, text)).orElse(null);
        GuidSet held = linked == null ? null : links.held(entity);
        boolean anew = options.full() || entity.firstLoad();
        boolean sweep = options.since().isEmpty() && sweepDue(entity, own, beginning);
        if (linked != null && held != null) {
            beginning = linked(beginning, linked.cut(held, false).size() > 0);
            sweep |= anew && held.size() > 0 && !own.deletes().equals("off");
        }
        DataverseStart start = new DataverseStart(
                entity.name(),
                entity.slug(),
                entity.columns(),
                entity.strategy(),
                beginning.listing(),
                beginning.from(),
                beginning.further(),
                linked,
                held,
                sweep,
                !own.deletes().equals("off"),
                checkpoint.flatMap(Listing::pageSize).orElse(0),
                connector.pageSize(),
                room,
                options.full() || linked != null && !entity.firstLoad() && beginning.from() == null,
                options.since().isEmpty());
        Origin origin = new Origin(connector.name(), connector.url());
        return new Begun(new DataverseFeed(start, requests, origin, cursors), shape(entity, connector));
    }

    @Override
    public RowShape shape(EntityRecord entity, ConnectorSettings connector) {
        Stores stores = databases.of(connector).stores();
        return new DataverseShape(
                entity, Mappings.mapper(stores, connector, entity), DataverseSecurity.of(stores, entity.uid()));
    }

    @Override
    public Begun beginKeys(EntityRecord entity, ConnectorSettings connector) {
        EntitySettings settings = settings(connector, entity.slug(), entity.description());
        EntitySettings.Dataverse own = settings.dataverse();
        DataverseRequests requests = new DataverseRequests(entity.slug(), entity.columns(), own.filter(), List.of());
        LinkedColumns links = new LinkedColumns(databases.of(connector));
        GuidSet linked =
                own.onlyLinkedFrom().map(text -> links.needed(entity, text)).orElse(null);
        DataverseStart start = new DataverseStart(
                entity.name(),
                entity.slug(),
                entity.columns(),
                entity.strategy(),
                linked == null
                        ? new Listing(Kind.KEYS, requests.keys(), false, false)
                        : new Listing(Kind.PRESENT, "", false, false),
                null,
                List.of(),
                linked,
                linked == null ? null : GuidSet.of(List.of()),
                false,
                false,
                0,
                connector.pageSize(),
                room,
                true,
                false);
        return new Begun(
                new DataverseFeed(
                        start,
                        requests,
                        new Origin(connector.name(), connector.url()),
                        new DataverseCursors(databases.of(connector).stores(), clock)),
                shape(entity, connector));
    }

    /** The first listing of a run, from where, and what backs it. */
    private record Beginning(Listing listing, @Nullable String from, List<Listing> further) {}

    /** Rows that are missing first, by their ids; then what changed among those held. */
    private static Beginning linked(Beginning plain, boolean missing) {
        boolean changes = plain.listing().kind() == Kind.ABOVE;
        if (changes && !missing) {
            return plain;
        }
        Listing pieces = new Listing(Kind.PIECES, "", false, false);
        return new Beginning(pieces, plain.from(), changes ? List.of(plain.listing()) : List.of());
    }

    private static Beginning beginning(
            EntityRecord entity,
            ConnectorSettings connector,
            DataverseCursors cursors,
            SyncOptions options,
            DataverseRequests requests) {
        boolean modified = entity.columns().indexOf("modifiedon") >= 0;
        if (!options.full() && !entity.firstLoad()) {
            Optional<Beginning> changes = changes(entity, connector, cursors, requests);
            if (changes.isPresent()) {
                return changes.get();
            }
        }
        if (entity.strategy() == Strategy.MODIFIED) {
            return all(requests.allByTime(true), true);
        }
        boolean ordered = entity.strategy() == Strategy.VERSION && !modified;
        return ordered ? all(requests.allByVersion(true), true) : all(requests.all(), false);
    }

    /** From a version or a time that a person names. */
    private static Beginning since(
            EntityRecord entity, EntitySettings.Dataverse own, DataverseRequests requests, String since) {
        boolean version = since.matches("\\d{1,18}");
        Optional<String> time = version ? Optional.empty() : Sinces.time(since);
        boolean linked = own.onlyLinkedFrom().isPresent();
        if (version && entity.columns().indexOf("versionnumber") >= 0) {
            long above = Long.parseLong(since);
            return new Beginning(new Listing(Kind.ABOVE, requests.above(above, true), true, false), since, List.of());
        }
        if (time.isPresent() && !linked && entity.columns().indexOf("modifiedon") >= 0) {
            String from = time.get();
            return new Beginning(new Listing(Kind.SINCE, requests.since(from, true), true, false), from, List.of());
        }
        throw Sinces.refusal(entity, linked, since);
    }

    private static Beginning all(String request, boolean ordered) {
        return new Beginning(new Listing(Kind.ALL, request, ordered, false), null, List.of());
    }

    private static Optional<Beginning> changes(
            EntityRecord entity, ConnectorSettings connector, DataverseCursors cursors, DataverseRequests requests) {
        if (entity.strategy() == Strategy.TRACK) {
            Optional<String> link = cursors.link(entity);
            if (link.isPresent()) {
                Listing listing = new Listing(Kind.CHANGES, link.get(), false, false);
                return Optional.of(new Beginning(
                        listing,
                        link.get(),
                        cursors
                                .backing(entity)
                                .map(above -> new Listing(Kind.BACKING, requests.above(above, true), true, false))
                                .stream()
                                .toList()));
            }
        }
        if (entity.strategy() == Strategy.TRACK || entity.strategy() == Strategy.VERSION) {
            Optional<Beginning> above = cursors.version(entity, connector)
                    .map(version -> new Beginning(
                            new Listing(Kind.ABOVE, requests.above(version, true), true, false),
                            Long.toString(version),
                            List.of()));
            if (above.isPresent()) {
                return above;
            }
        }
        boolean dated = entity.columns().indexOf("modifiedon") >= 0;
        if (dated && entity.strategy() != Strategy.FULL) {
            return cursors.time(entity, connector)
                    .map(since -> new Beginning(
                            new Listing(Kind.SINCE, requests.since(since, true), true, false), since, List.of()));
        }
        return Optional.empty();
    }

    /** Tracked changes tell of deletions themselves, once all rows were seen in one go. */
    private boolean sweepDue(EntityRecord entity, EntitySettings.Dataverse own, Beginning beginning) {
        Instant last = entity.lastFullPassAt();
        if (own.deletes().equals("off") || entity.firstLoad()) {
            return false;
        }
        boolean tracked =
                beginning.listing().kind() == Kind.CHANGES && !own.deletes().equals("sweep");
        if (tracked) {
            return last == null;
        }
        return own.deleteSweepEvery()
                .map(every -> last == null || !last.plus(every).isAfter(clock.instant()))
                .orElse(false);
    }

    @Override
    public boolean hangsOnOthers(EntityRecord entity, ConnectorSettings connector) {
        return settings(connector, entity.slug(), entity.description())
                .dataverse()
                .onlyLinkedFrom()
                .isPresent();
    }

    @Override
    public void look(ConnectorSettings connector) {
        discovery.look(connector);
    }

    @Override
    public List<String> discover(ConnectorSettings connector) {
        return discovery.discover(connector);
    }

    @Override
    public Token logIn(ConnectorSettings connector) {
        ConnectorSettings.Microsoft microsoft = connector.microsoft();
        String login = microsoft
                .tenant()
                .map(tenant -> microsoft.authority() + "/" + tenant)
                .orElseGet(() -> caller.ask(request(connector, null), String.class));
        Login.Token token = caller.ask(request(connector, Login.endpoint(login)), Login.Token.class);
        return new Token(token.value(), token.keep());
    }

    private static SourceRequest request(ConnectorSettings connector, @Nullable String address) {
        return new SourceRequest(SourceRequest.Kind.LOGIN, connector.type(), connector.name(), "", address, null);
    }

    /** The form that asks for a token. */
    static String form(ConnectorSettings connector) {
        ConnectorSettings.Microsoft microsoft = connector.microsoft();
        String id = microsoft.clientId().orElse("");
        String secret = microsoft.clientSecret().map(Secret::value).orElse("");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION, "LOGIN_FAILED", connector.name() + ": set client-id and client-secret");
        }
        return Login.form(id, secret, microsoft.scope().orElseGet(() -> Login.scope(connector.url())));
    }
}
