package dev.caravan.route;

import dev.caravan.config.Settings;
import dev.caravan.source.HttpAnswers;
import dev.caravan.source.dataverse.DataverseFaults;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.camel.spring.spi.SpringTransactionPolicy;

/** The beans that the routes name, wired with one another, once for an engine. */
final class Beans {
    /** Types of connectors that rows are only written to. */
    static final List<String> TARGET_TYPES = List.of("schedulehub", "rest");

    private final Map<String, Object> byName = new LinkedHashMap<>();
    private final Settings settings;
    private final TargetDatabases databases;
    private final Clock clock;
    private final Plans plans = new Plans();
    private final Sources sources = new Sources();
    private final Caller caller = new Caller();
    private final Lanes lanes;
    private final Tokens tokens;
    private final Governor governor;
    private final Families families;
    private final Reruns reruns;
    private final Timetable timetable;
    private final Targets targets;
    private final Desk desk;

    Beans(Settings settings, TargetDatabases databases, Clock clock) {
        this.settings = settings;
        this.databases = databases;
        this.clock = clock;
        this.lanes = new Lanes(settings.memory());
        this.tokens = new Tokens(sources, clock);
        this.governor = new Governor(settings, plans, tokens, clock);
        this.families = new Families(settings, sources);
        this.reruns = new Reruns(clock);
        this.timetable = new Timetable(settings, reruns, clock);
        this.targets = new Targets(settings);
        this.desk = new Desk(settings, databases, sources, plans, lanes, targets, reruns, timetable, families, clock);
        byName.put("desk", desk);
        byName.put("lanes", lanes);
        byName.put("governor", governor);
        byName.put("timetable", timetable);
        addSources();
        addCalls();
        addStages();
        addTargets();
    }

    private void addSources() {
        Discovery discovery = new Discovery(settings, databases, targets, caller);
        sources.add("apismith", new ApiSmithSource(databases, targets, discovery, caller, clock));
        DataverseDiscovery tables = new DataverseDiscovery(databases, targets, discovery, caller, tokens, clock);
        sources.add("dataverse", new DataverseSource(databases, tables, caller, DataverseCalls.room(settings), clock));
        TARGET_TYPES.forEach(type -> sources.add(type, new TargetOnly(caller)));
    }

    private void addCalls() {
        HttpAnswers answers = new HttpAnswers(clock);
        byName.put("apismith", new ApiSmithCalls(settings, plans, tokens, answers, lanes, governor));
        DataverseFaults faults = new DataverseFaults(answers);
        byName.put("dataverse", new DataverseCalls(settings, plans, tokens, faults, lanes, governor));
        byName.put("hub", new HubCalls(settings, plans, tokens, answers, governor));
        byName.put("replays", new Replays(plans, lanes));
        byName.put("lookAgain", new LookAgain());
    }

    private void addStages() {
        Stages stages = new Stages(plans);
        byName.put("stages", stages);
        byName.put("normalise", Stages.step(stages::normalise));
        byName.put("map", Stages.step(stages::map));
        byName.put("validate", Stages.step(stages::validate));
        byName.put("identity", Stages.step(stages::identify));
        byName.put("rowGroup", new RowGroup());
        byName.put("pageGroup", new PageGroup(lanes, plans));
    }

    private void addTargets() {
        Vanished vanished = new Vanished(settings);
        Resolver resolver = new Resolver(plans, targets);
        Releases releases = new Releases(plans, targets, families, sources, clock);
        SqlTarget sql = new SqlTarget(databases, plans, vanished, resolver, families, clock);
        HubTarget hub = new HubTarget(settings, databases, plans, vanished, resolver, releases);
        targets.add(Targets.SQL, sql);
        targets.add(Targets.SCHEDULEHUB, hub);
        byName.put("resolver", resolver);
        byName.put("releases", releases);
        byName.put("sqlTarget", sql);
        byName.put("hubTarget", hub);
        byName.put("onlyFailure", new OnlyFailure());
        byName.put("rowBinder", new RowBinder());
        for (TargetDatabase database : databases.all()) {
            byName.put("database" + database.suffix(), database.database().joining());
            byName.put("required" + database.suffix(), new SpringTransactionPolicy(database.transactions()));
        }
    }

    /** Makes them known to the routes. */
    void bind(Main main) {
        byName.forEach(main::bind);
    }

    Sources sources() {
        return sources;
    }

    Caller caller() {
        return caller;
    }

    Lanes lanes() {
        return lanes;
    }

    Governor governor() {
        return governor;
    }

    Families families() {
        return families;
    }

    Reruns reruns() {
        return reruns;
    }

    Timetable timetable() {
        return timetable;
    }

    Desk desk() {
        return desk;
    }
}
