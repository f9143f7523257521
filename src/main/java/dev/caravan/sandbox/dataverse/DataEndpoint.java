package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Answer;
import dev.caravan.sandbox.PageHooks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers for rows: pages, changes, single ones and their number. Thread-safe. */
final class DataEndpoint {
    private static final int MOST_COUNTED = 5000;
    private static final int NOT_COUNTED = -1;
    private static final List<String> NOT_WITH_TRACKING = List.of("$filter", "$orderby", "$expand", "$top");

    private final World world;
    private final Switches switches;
    private final PageHooks hooks;

    DataEndpoint(World world, Switches switches, PageHooks hooks) {
        this.world = world;
        this.switches = switches;
        this.hooks = hooks;
    }

    /**
     * One request for rows.
     *
     * @param root the URL that names of tables follow, with a slash at its end
     */
    private record Call(String root, ODataQuery options, Preferences preferences) {
        String context(TableQuery query, String suffix) {
            String set = query.table().description().entitySet();
            String columns = query.selected().isEmpty() ? "" : "(" + query.selected() + ")";
            return root + "$metadata#" + set + columns + suffix;
        }
    }

    Answer rows(String entitySet, String root, ODataQuery options, Preferences preferences) {
        int number = hooks.before(entitySet);
        Answer answer = world.read(() -> rows(table(entitySet), new Call(root, options, preferences)));
        hooks.after(entitySet, number);
        return answer;
    }

    Answer single(String entitySet, String key, String root, ODataQuery options, Preferences preferences) {
        return world.read(() -> {
            TableStore table = table(entitySet);
            if (!Guids.isId(key)) {
                throw Refusal.bad("')' or ',' expected at position 5 in '(" + key + ")'.");
            }
            TableQuery query = TableQuery.parse(table, options, switches.inFunction());
            RowView row = table.find(key.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new Refusal(
                            404,
                            "0x80040217",
                            "Entity '" + table.description().logicalName() + "' With Id = " + key + " Does Not Exist"));
            Call call = new Call(root, options, preferences);
            JsonBytes one = new JsonBytes(1 << 13);
            new RowWriter(table, query.columns(), preferences).write(one, row);
            JsonBytes out = new JsonBytes(one.length() + 512);
            out.raw("{\"@odata.context\":")
                    .string(call.context(query, "/$entity"))
                    .raw(",");
            out.raw(Arrays.copyOfRange(one.toBuffer().array(), 1, one.length()));
            return Answer.json(200, out.toBuffer());
        });
    }

    Answer count(String entitySet, ODataQuery options) {
        return world.read(() -> {
            TableStore table = table(entitySet);
            Optional<String> delta = options.value(ODataQuery.DELTA_TOKEN);
            int count;
            if (delta.isPresent()) {
                count = new Changes(table, token(delta.get(), table), null, world.settledVersion())
                        .read(MOST_COUNTED)
                        .size();
            } else {
                TableQuery query = TableQuery.parse(table, options, switches.inFunction());
                count = new RowReader(query, null, false).count(MOST_COUNTED);
            }
            return Answer.json(200, Integer.toString(count)).with("Content-Type", "text/plain");
        });
    }

    private TableStore table(String entitySet) {
        TableStore table = world.table(entitySet)
                .filter(each -> !each.state().hidden())
                .orElseThrow(() -> Refusal.noSegment(entitySet));
        if (table.state().denied()) {
            throw Refusal.denied(table.description().logicalName());
        }
        return table;
    }

    private Answer rows(TableStore table, Call call) {
        ODataQuery options = call.options();
        PagingCookie cookie = options.value(ODataQuery.SKIP_TOKEN)
                .map(text -> genuine(PagingCookie.decode(text), options))
                .orElse(null);
        Optional<String> delta = options.value(ODataQuery.DELTA_TOKEN);
        boolean tracking = cookie == null ? call.preferences().track() || delta.isPresent() : cookie.tracking();
        if (tracking) {
            checkTracking(table, options);
        }
        TableQuery query = TableQuery.parse(table, options, switches.inFunction());
        if (delta.isPresent()) {
            checkDeltaLink(options, delta.get());
            return changes(query, token(delta.get(), table), cookie, call);
        }
        return page(query, cookie, tracking, call);
    }

    private Answer page(TableQuery query, @Nullable PagingCookie cookie, boolean tracking, Call call) {
        Integer asked = call.preferences().pageSize();
        int largest = query.table().state().largestPage();
        Integer top = asked == null && cookie == null ? query.top() : null;
        boolean capped = top != null;
        int size = Math.min(Objects.requireNonNullElse(capped ? top : asked, largest), largest);
        RowReader reader = new RowReader(query, cookie, switches.repeatedTies());
        List<RowView> rows = reader.read(capped ? size : size + 1);
        boolean more = rows.size() > size;
        rows = more ? rows.subList(0, size) : rows;
        int counted = query.count() ? reader.count(MOST_COUNTED + 1) : NOT_COUNTED;
        JsonBytes out = begin(query, call, "", rows.size(), counted);
        if (query.count()) {
            out.raw(",\"@odata.count\":" + Math.min(counted, MOST_COUNTED));
        }
        if (tracking && !more) {
            deltaLink(out, query, call, world.settledVersion());
        }
        out.raw(",\"value\":[");
        RowWriter writer = new RowWriter(query.table(), query.columns(), call.preferences());
        String before = "";
        for (RowView row : rows) {
            writer.write(out.raw(before), row);
            before = ",";
        }
        out.raw("]");
        if (more) {
            nextLink(out, query, call, reader.next(rows, tracking));
        }
        return Answer.json(200, out.raw("}").toBuffer());
    }

    private Answer changes(TableQuery query, DeltaToken since, @Nullable PagingCookie cookie, Call call) {
        Changes changes = new Changes(query.table(), since, cookie, world.settledVersion());
        Integer asked = call.preferences().pageSize();
        int largest = query.table().state().largestPage();
        int size = Math.min(asked == null ? largest : asked, largest);
        List<Changes.Change> found = changes.read(size + 1);
        if (found.isEmpty() && switches.bareNoChanges()) {
            return Answer.json(200, "{}");
        }
        boolean more = found.size() > size;
        List<Changes.Change> shown = more ? found.subList(0, size) : found;
        JsonBytes out = begin(query, call, "/$delta", shown.size(), NOT_COUNTED);
        if (!more) {
            deltaLink(out, query, call, changes.upTo());
        }
        write(out.raw(",\"value\":["), shown, query, call);
        out.raw("]");
        if (more) {
            nextLink(out, query, call, changes.next(shown));
        }
        return Answer.json(200, out.raw("}").toBuffer());
    }

    private static void write(JsonBytes out, List<Changes.Change> changes, TableQuery query, Call call) {
        RowWriter writer = new RowWriter(query.table(), query.columns(), call.preferences());
        String context =
                call.root() + "$metadata#" + query.table().description().entitySet() + "/$deletedEntity";
        String before = "";
        for (Changes.Change change : changes) {
            out.raw(before);
            before = ",";
            RowView row = change.row();
            if (row != null) {
                writer.write(out, row);
                continue;
            }
            out.raw("{\"@odata.context\":").string(context).raw(",\"id\":").string(change.key());
            out.raw(",\"reason\":\"deleted\"}");
        }
    }

    private JsonBytes begin(TableQuery query, Call call, String suffix, int rows, int counted) {
        JsonBytes out = new JsonBytes(1024 + rows * query.columns().size() * 40);
        out.raw("{\"@odata.context\":").string(call.context(query, suffix));
        if (call.preferences().wants("Microsoft.Dynamics.CRM.totalrecordcount")) {
            out.raw(",\"@Microsoft.Dynamics.CRM.totalrecordcount\":" + Math.min(counted, MOST_COUNTED));
            out.raw(",\"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":" + (counted > MOST_COUNTED));
            out.raw(",\"@Microsoft.Dynamics.CRM.globalmetadataversion\":\"" + world.schemaVersion() + "\"");
        }
        return out;
    }

    private void deltaLink(JsonBytes out, TableQuery query, Call call, long version) {
        if (switches.deltaLinks()) {
            ODataQuery others = call.options().without(ODataQuery.SKIP_TOKEN);
            String token = new DeltaToken(version, world.now()).encoded();
            out.raw(",\"@odata.deltaLink\":").string(others.link(path(query, call), ODataQuery.DELTA_TOKEN, token));
        }
    }

    private static void nextLink(JsonBytes out, TableQuery query, Call call, PagingCookie cookie) {
        String link = call.options().link(path(query, call), ODataQuery.SKIP_TOKEN, cookie.encoded());
        out.raw(",\"@odata.nextLink\":").string(link);
    }

    private static String path(TableQuery query, Call call) {
        return call.root() + query.table().description().entitySet();
    }

    private DeltaToken token(String text, TableStore table) {
        DeltaToken token = DeltaToken.decode(text);
        Changes.check(
                token,
                table,
                world.now().minus(switches.trackingExpiry()),
                world.forgottenChanges(),
                switches.expiredStatus());
        return token;
    }

    private static void checkTracking(TableStore table, ODataQuery options) {
        for (String name : NOT_WITH_TRACKING) {
            if (options.has(name)) {
                throw new Refusal(
                        400,
                        "",
                        "The \"" + name + "\" query parameter isn't supported when Change Tracking is enabled.");
            }
        }
        if (table.state().trackingDenied()) {
            throw Refusal.denied(table.description().logicalName());
        }
        if (!table.description().changeTracking()) {
            throw Refusal.bad("Change tracking is not enabled for table '"
                    + table.description().logicalName() + "'.");
        }
    }

    private static void checkDeltaLink(ODataQuery options, String token) {
        String given =
                options.link("", ODataQuery.DELTA_TOKEN, Links.inner(token)).substring(1);
        if (!options.has(ODataQuery.SKIP_TOKEN) && !given.equals(options.raw())) {
            throw Refusal.bad("Invalid delta token");
        }
    }

    /** Refuses a link that did not come back as it was given, byte for byte. */
    private static PagingCookie genuine(PagingCookie cookie, ODataQuery options) {
        String given = options.link("", ODataQuery.SKIP_TOKEN, cookie.encoded()).substring(1);
        if (!given.equals(options.raw())) {
            throw PagingCookie.malformed();
        }
        return cookie;
    }
}
