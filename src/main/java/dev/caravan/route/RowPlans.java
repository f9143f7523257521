package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.RowPlan;
import dev.caravan.source.dataverse.DataverseRequests;
import dev.caravan.source.dataverse.GuidSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Changed filters and links of Dataverse tables: what they would do to the rows that are held is worked out and shown, and
 * the table waits until a person approves. Stateless but for the database.
 */
final class RowPlans {
    /** What is kept of an entity: the choice of rows that it was loaded with. */
    static final String ROWS = "ROWS";
    /** The plan that waits. */
    static final String PLAN = "PLAN";

    private static final String WAITS = "plan open";
    /** Dataverse counts no further. */
    private static final long MOST_COUNTED = 5000;

    private final TargetDatabases databases;
    private final Caller caller;

    RowPlans(TargetDatabases databases, Caller caller) {
        this.databases = databases;
        this.caller = caller;
    }

    /** New plans by entity set, for tables whose rows are to be others than those they were loaded with. */
    Map<String, RowPlan> made(ConnectorSettings connector, Stores stores) {
        Map<String, RowPlan> made = new HashMap<>();
        for (EntityRecord entity : stores.entities().all()) {
            if (entity.connector().equals(connector.name()) && entity.enabled() && !entity.firstLoad()) {
                String wanted = choice(connector, entity);
                Optional<String> loaded = stores.cursors().kept(entity.uid(), ROWS);
                Optional<String> waiting = stores.cursors()
                        .kept(entity.uid(), PLAN)
                        .filter(plan -> RowPlan.of(plan).choice().equals(wanted));
                if (loaded.isPresent() && !loaded.get().equals(wanted) && waiting.isEmpty()) {
                    made.put(entity.slug(), plan(connector, entity, loaded.get(), wanted));
                }
            }
        }
        return made;
    }

    private static String choice(ConnectorSettings connector, EntityRecord entity) {
        EntitySettings.Dataverse own = DataverseSource.settings(connector, entity.slug(), entity.description())
                .dataverse();
        return RowPlan.choice(own.filter().orElse(""), own.onlyLinkedFrom().orElse(""));
    }

    /** Keeps a new plan, and forgets one that is not wanted any more. Inside of the discovery's transaction. */
    void keep(
            ConnectorSettings connector,
            Stores stores,
            EntityRecord entity,
            Map<String, RowPlan> made,
            List<String> news) {
        RowPlan plan = made.get(entity.slug());
        if (plan != null) {
            stores.cursors().keep(entity.uid(), PLAN, plan.kept());
            stores.entities().setStatus(entity.uid(), WAITS);
            news.add(entity.name() + ": " + plan.text() + "; it is not synced until 'caravan approve plan "
                    + entity.name() + "'");
            return;
        }
        String wanted = choice(connector, entity);
        Optional<String> loaded = stores.cursors().kept(entity.uid(), ROWS);
        if (loaded.isEmpty() || stores.entities().get(entity.uid()).firstLoad()) {
            if (loaded.filter(rows -> !rows.equals(wanted)).isPresent()) {
                stores.cursors().setCheckpoint(entity.uid(), null);
            }
            stores.cursors().keep(entity.uid(), ROWS, wanted);
            loaded = Optional.of(wanted);
        }
        if (loaded.get().equals(wanted)
                && stores.cursors().kept(entity.uid(), PLAN).isPresent()) {
            stores.cursors().forget(entity.uid(), PLAN);
            stores.entities().setStatus(entity.uid(), "completed");
            news.add(entity.name() + ": its rows are chosen as before; the plan is withdrawn");
        }
    }

    private RowPlan plan(ConnectorSettings connector, EntityRecord entity, String before, String after) {
        String effect = RowPlan.links(after).isEmpty() && RowPlan.links(before).isEmpty()
                ? byFilter(connector, entity, RowPlan.filter(before), RowPlan.filter(after))
                : byLinks(connector, entity, before, after);
        String what = different("filter", RowPlan.filter(before), RowPlan.filter(after))
                + different("only-linked-from", RowPlan.links(before), RowPlan.links(after));
        return new RowPlan(after, what + effect);
    }

    private static String different(String name, String before, String after) {
        return before.equals(after) ? "" : name + " was " + named(before) + " and is " + named(after) + "; ";
    }

    private static String named(String text) {
        return text.isEmpty() ? "not set" : "'" + text + "'";
    }

    private String byFilter(ConnectorSettings connector, EntityRecord entity, String before, String after) {
        String both = before.isEmpty() || after.isEmpty() ? before + after : "(" + before + ") and (" + after + ")";
        long stay = count(connector, entity, both);
        long then = count(connector, entity, after);
        String leave = stay < MOST_COUNTED ? Long.toString(Math.max(0, entity.total() - stay)) : "some";
        String come = then < MOST_COUNTED ? Long.toString(Math.max(0, then - stay)) : "some";
        return rows(entity.total(), leave, come)
                + (stay < MOST_COUNTED && then < MOST_COUNTED
                        ? ""
                        : " (Dataverse counts no further than " + MOST_COUNTED + ")");
    }

    private String byLinks(ConnectorSettings connector, EntityRecord entity, String before, String after) {
        LinkedColumns links = new LinkedColumns(databases.of(connector));
        GuidSet held = links.held(entity);
        if (RowPlan.links(after).isEmpty()) {
            long then = count(connector, entity, RowPlan.filter(after));
            boolean all = then >= MOST_COUNTED;
            return rows(held.size(), "0", (all ? "at least " : "") + Math.max(0, then - held.size()));
        }
        GuidSet needed = links.needed(entity, RowPlan.links(after));
        String leave = Integer.toString(held.cut(needed, false).size());
        String come = Integer.toString(needed.cut(held, false).size());
        boolean filtered = !RowPlan.filter(before).equals(RowPlan.filter(after));
        return rows(held.size(), leave, come) + (filtered ? " by the links; what the filter does is not counted" : "");
    }

    private static String rows(long held, String leave, String come) {
        return String.format(Locale.ROOT, "of %d rows %s would leave and %s would come", held, leave, come);
    }

    private long count(ConnectorSettings connector, EntityRecord entity, String filter) {
        Optional<String> condition = filter.isEmpty() ? Optional.empty() : Optional.of(filter);
        String path = new DataverseRequests(entity.slug(), entity.columns(), condition, List.of()).count();
        SourceRequest request =
                new SourceRequest(SourceRequest.Kind.COUNT, connector.type(), connector.name(), "", path, null);
        return caller.ask(request, Long.class);
    }
}
