package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Answer;
import dev.caravan.sandbox.Json;
import dev.caravan.sandbox.PageHooks;
import dev.caravan.sandbox.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment in good health: who may come in, and who answers. Thread-safe. */
final class WebApi {
    private static final int LONGEST_URL = 32_768;
    private static final int USER = 2;
    private static final int ALLOWED = 4;
    private static final String PRIVILEGES = "Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivileges()";
    private static final Pattern PATH = Pattern.compile("/api/data/v9\\.[0-2]/(.*)");
    private static final Pattern ROWS = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\(([^()]*)\\)|(/\\$count))?");
    private static final String JSON = "application/json; odata.metadata=minimal";

    private final World world;
    private final Switches switches;
    private final AccessTokens tokens;
    private final LimitGate gate;
    private final DataEndpoint data;
    private final SchemaEndpoint schema;
    private final Supplier<String> environment;
    private final Supplier<String> challenge;
    private final Consumer<Duration> pause;
    private final AtomicLong number = new AtomicLong();

    /** What the environment needs of the house around it. */
    record House(Supplier<String> environment, Supplier<String> challenge, Consumer<Duration> pause) {}

    WebApi(World world, Switches switches, AccessTokens tokens, PageHooks hooks, SchemaEndpoint schema, House house) {
        this.world = world;
        this.switches = switches;
        this.tokens = tokens;
        this.gate = new LimitGate(world::now, switches::limits);
        this.data = new DataEndpoint(world, switches, hooks);
        this.schema = schema;
        this.environment = house.environment();
        this.challenge = house.challenge();
        this.pause = house.pause();
    }

    Answer answer(Request request) {
        Optional<String> client = tokens.client(request.header("authorization"));
        if (client.isEmpty()) {
            return Answer.html(401, "HTTP Error 401 - Unauthorized: Access is denied")
                    .with("WWW-Authenticate", challenge.get())
                    .with("REQ_ID", Guids.random(number.incrementAndGet()));
        }
        LimitGate.Entry entry = gate.enter(client.get());
        Refusal refusal = entry.refusal();
        if (refusal != null) {
            return entry.mark(headed(refusal.answer()));
        }
        try {
            if (!switches.latency().isZero()) {
                pause.accept(switches.latency());
            }
            return entry.mark(headed(answered(request)));
        } finally {
            entry.end().run();
        }
    }

    private Answer answered(Request request) {
        try {
            Answer answer = route(request);
            boolean gzip = switches.gzip() && request.header("accept-encoding").contains("gzip") && answer.length() > 0;
            return gzip ? answer.gzipped() : answer;
        } catch (Refusal refusal) {
            boolean detailed = Preferences.of(request.header("prefer")).wants("Microsoft.PowerApps.CDS.TraceText");
            return detailed ? refusal.detailed() : refusal.answer();
        }
    }

    private Answer route(Request request) {
        if (request.target().length() > LONGEST_URL) {
            throw new Refusal(414, Refusal.ODATA, "The request URL is longer than 32768 characters.");
        }
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Answer.html(404, "<html><body>Not found</body></html>");
        }
        if (!request.method().equals("GET")) {
            throw new Refusal(405, "0x80060888", "The requested resource does not support http method.");
        }
        int question = request.target().indexOf('?');
        ODataQuery options =
                ODataQuery.parse(question < 0 ? "" : request.target().substring(question + 1));
        String root = environment.get() + request.path().substring(0, path.start(1));
        return route(path.group(1), root, options, request);
    }

    private Answer route(String resource, String root, ODataQuery options, Request request) {
        if (resource.equals("$metadata")) {
            return schema.metadata(request.header("accept"));
        }
        if (request.header("accept").startsWith("application/xml")) {
            throw unacceptable();
        }
        if (resource.isEmpty()) {
            return services(root);
        }
        if (resource.equals("WhoAmI")) {
            return whoAmI(root);
        }
        if (resource.equals("systemusers(" + Guids.random(USER) + ")/" + PRIVILEGES)) {
            return world.read(() -> privileges(root));
        }
        if (resource.startsWith("EntityDefinitions") || resource.startsWith("RelationshipDefinitions")) {
            return schema.definitions(resource, root, options);
        }
        return rows(resource, root, options, Preferences.of(request.header("prefer")));
    }

    private Answer rows(String resource, String root, ODataQuery options, Preferences preferences) {
        Matcher rows = ROWS.matcher(resource);
        if (!rows.matches()) {
            throw Refusal.noSegment(resource);
        }
        String set = rows.group(1);
        if (rows.group(3) != null) {
            return data.count(set, options);
        }
        String key = rows.group(2);
        Answer answer = key == null
                ? data.rows(set, root, options, preferences)
                : data.single(set, key, root, options, preferences);
        String applied = preferences.applied();
        return applied.isEmpty() ? answer : answer.with("Preference-Applied", applied);
    }

    private Answer services(String root) {
        List<Object> sets = new ArrayList<>();
        List<String> names = new ArrayList<>(world.read(world::entitySets));
        names.add("EntityDefinitions");
        names.add("RelationshipDefinitions");
        names.forEach(name -> {
            Map<String, Object> set = new LinkedHashMap<>();
            set.put("name", name);
            set.put("kind", "EntitySet");
            set.put("url", name);
            sets.add(set);
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("@odata.context", root + "$metadata");
        document.put("value", sets);
        return Answer.json(200, Json.of(document));
    }

    private static Answer whoAmI(String root) {
        Map<String, Object> who = new LinkedHashMap<>();
        who.put("@odata.context", root + "$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        who.put("BusinessUnitId", Guids.random(1));
        who.put("UserId", Guids.random(USER));
        who.put("OrganizationId", Guids.random(3));
        return Answer.json(200, Json.of(who));
    }

    /** The rights to secured columns that the one who asks has been given. */
    private Answer privileges(String root) {
        if (!switches.privileges()) {
            throw Refusal.denied("User");
        }
        List<Object> given = new ArrayList<>();
        for (TableStore table : world.tables()) {
            for (String column : table.state().secured()) {
                if (!table.state().isUnreadable(column)) {
                    Map<String, Object> right = new LinkedHashMap<>();
                    right.put("AttributeId", Definitions.attributeId(table.description(), column));
                    right.put("CanRead", ALLOWED);
                    right.put("CanCreate", 0);
                    right.put("CanUpdate", 0);
                    given.add(right);
                }
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "@odata.context",
                root + "$metadata#Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivilegesResponse");
        answer.put("AttributePrivileges", given);
        return Answer.json(200, Json.of(answer));
    }

    static Refusal unacceptable() {
        return new Refusal(
                415,
                Refusal.ODATA,
                "A supported MIME type could not be found that matches the acceptable MIME types for the request.");
    }

    private Answer headed(Answer answer) {
        String id = Guids.random(number.incrementAndGet());
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.computeIfPresent("Content-Type", (name, type) -> type.equals("application/json") ? JSON : type);
        headers.put("OData-Version", "4.0");
        headers.put("Cache-Control", "no-cache");
        headers.put("Vary", "Accept-Encoding");
        headers.put("x-ms-service-request-id", id);
        headers.put("REQ_ID", id);
        headers.put("x-ms-dop-hint", "48");
        headers.put("Set-Cookie", "ARRAffinity=sandbox;Path=/;HttpOnly");
        return new Answer(answer.status(), headers, answer.body());
    }
}
