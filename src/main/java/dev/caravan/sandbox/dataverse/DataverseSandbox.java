package dev.caravan.sandbox.dataverse;

import com.sun.net.httpserver.HttpHandler;
import dev.caravan.sandbox.Faults;
import dev.caravan.sandbox.PageHooks;
import dev.caravan.sandbox.RequestLog;
import dev.caravan.sandbox.SandboxServer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A Dataverse environment and its login host, two real HTTP servers on loopback. All methods are thread-safe and act on
 * the next request.
 */
public final class DataverseSandbox implements AutoCloseable {
    /** The tenant that the client belongs to. */
    public static final String TENANT = "72f988bf-0000-4000-8000-2d7cd011db47";

    /** A client that may log in. */
    public static final String CLIENT_ID = "00001111-aaaa-4222-bbbb-3333cccc4444";

    /** The secret of {@link #CLIENT_ID}. */
    public static final String CLIENT_SECRET = "sandbox-secret";

    /** What all paths of the environment begin with; an entity set follows. */
    public static final String DATA = "/api/data/v9.2/";

    private static final String READY_TOKEN = "sandbox-token";

    private final World world = new World();
    private final Switches switches = new Switches();
    private final PageHooks hooks = new PageHooks();
    private final AccessTokens tokens = new AccessTokens(world::now);
    private final SchemaEndpoint schema = new SchemaEndpoint(world, switches);
    private final LoginHost loginHost = new LoginHost(TENANT, tokens, this::url, switches);
    private final SandboxServer login;
    private final SandboxServer environment;

    private DataverseSandbox(int port) {
        tokens.accept(READY_TOKEN, CLIENT_ID);
        loginHost.addClient(CLIENT_ID, CLIENT_SECRET);
        login = SandboxServer.start(0, loginHost::answer, world::now);
        WebApi api = new WebApi(
                world,
                switches,
                tokens,
                hooks,
                schema,
                new WebApi.House(
                        this::url, this::challenge, duration -> environment().pause(duration)));
        environment = SandboxServer.start(port, api::answer, world::now);
    }

    /**
     * Starts an environment without any table.
     *
     * @param port of the environment, 0 for any free one; the login host takes any
     * @throws UncheckedIOException where the port is taken
     */
    public static DataverseSandbox start(int port) {
        return new DataverseSandbox(port);
    }

    /** The environment, without a slash at the end: {@code http://127.0.0.1:8008}. */
    public String url() {
        return environment().url();
    }

    /** The login host, without a slash at the end. */
    public String loginUrl() {
        return login.url();
    }

    /** A token that never expires. */
    public String token() {
        return READY_TOKEN;
    }

    /** Adds a table with these rows, by logical name or property, in place of one with the same entity set. */
    public DataverseTable publish(TableDescription description, List<Map<String, @Nullable Object>> rows) {
        Guids guids = new Guids(description.entitySet().hashCode(), 0);
        List<StoredColumn> columns = description.columns().stream()
                .map(column -> new StoredColumn(column, number -> null))
                .toList();
        DataverseTable table = publish(description, columns, guids, 0);
        rows.forEach(table::insert);
        return table;
    }

    /** Adds a table of numbered rows. */
    DataverseTable publish(TableDescription description, List<StoredColumn> columns, Guids guids, int rows) {
        return world.write(() -> {
            TableStore store = new TableStore(world, description, columns, guids, rows);
            world.put(store);
            return new DataverseTable(world, store);
        });
    }

    /** The entity sets there are, in the order in which they were added. */
    public List<String> entitySets() {
        return world.read(world::entitySets);
    }

    /** A table to be edited, a dropped one too. @throws IllegalArgumentException where there is none */
    public DataverseTable table(String entitySet) {
        return world.read(() -> world.table(entitySet)
                .map(store -> new DataverseTable(world, store))
                .orElseThrow(() -> new IllegalArgumentException("No table " + entitySet)));
    }

    /** The rows of a table by key, as they are now: what a target in step with it holds. */
    public List<DataverseRow> rows(String entitySet) {
        return table(entitySet).rows();
    }

    /** How it behaves where environments differ. */
    public Switches switches() {
        return switches;
    }

    /** What is to go wrong in the environment; {@code faults().on(DATA + "accounts")} for one table. */
    public Faults faults() {
        return environment().faults();
    }

    /** What is to go wrong with logins. */
    public Faults loginFaults() {
        return login.faults();
    }

    /** What was asked of the environment. */
    public RequestLog log() {
        return environment().log();
    }

    /** What was asked of the login host. */
    public RequestLog loginLog() {
        return login.log();
    }

    /** How many tokens were given out. */
    public int logins() {
        return tokens.issued();
    }

    /** The requests for rows of one table, single ones and counts too, among those kept in the log. */
    public List<RequestLog.Entry> requestsOf(String entitySet) {
        return log().entries().stream()
                .filter(entry -> entry.path().matches("/api/data/v[0-9.]+/" + entitySet + "([(/].*)?"))
                .toList();
    }

    /** How many of the requests kept were for {@code $metadata}. */
    public long metadataRequests() {
        return requestsOf("[$]metadata").size();
    }

    /** Forgets the requests so far, of both hosts. */
    public void forgetRequests() {
        log().clear();
        login.log().clear();
    }

    /** Sets the clock for times of rows, tokens, delta links and limits. */
    public void setClock(Clock clock) {
        world.setClock(clock);
    }

    /** Ends every token that was given out; {@link #token()} stays good. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** Lets one more client log in. */
    public void addClient(String id, String secret) {
        loginHost.addClient(id, secret);
    }

    /** Lets every delta link given out so far expire. */
    public void expireDeltaLinks() {
        world.change(world::forgetChanges);
    }

    /** The version of the newest change. */
    public long version() {
        return world.read(world::version);
    }

    /**
     * Begins a change whose transaction commits later: its version is taken now. Give it as {@code versionnumber} to
     * {@link DataverseTable#update} or {@link DataverseTable#insert}.
     */
    public long openVersion() {
        return world.write(world::open);
    }

    /** The sandbox's own {@code $metadata}. */
    public String metadata() {
        return StandardCharsets.UTF_8.decode(schema.own()).toString();
    }

    /** Answers {@code $metadata} with this document, to the byte; with its own again for null. */
    public void setMetadata(byte @Nullable [] document) {
        schema.give(document);
    }

    /** Runs an action at the n-th request for a table's rows from now, counted from 1, before they are read. */
    public void before(String entitySet, int number, Runnable action) {
        hooks.add(entitySet, true, number, action);
    }

    /** The same, after the rows are read and before they are sent. */
    public void after(String entitySet, int number, Runnable action) {
        hooks.add(entitySet, false, number, action);
    }

    /** Runs an action before every request for rows of any table, with its number from 1, counted from now. */
    public void setBeforeAnswer(IntConsumer action) {
        hooks.setEveryTime(action);
    }

    /** Makes new rows, changes and deletes some picked at random, in this order. */
    public void edit(String entitySet, int inserts, int updates, int deletes) {
        DataverseTable table = table(entitySet);
        table.insertSome(inserts);
        table.updateSome(updates);
        table.deleteSome(deletes);
    }

    /** Answers paths of the environment below a prefix in another way, outside the log and without faults. */
    public void control(String pathPrefix, HttpHandler handler) {
        environment().control(pathPrefix, handler);
    }

    /** Lets go of what hangs, closes all connections, and ends. */
    @Override
    public void close() {
        List<SandboxServer> servers = new ArrayList<>(List.of(environment(), login));
        servers.forEach(SandboxServer::close);
    }

    private SandboxServer environment() {
        return environment;
    }

    private String challenge() {
        return switches.challenge().header(loginUrl(), TENANT, url());
    }
}
