package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Answer;
import dev.caravan.sandbox.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers one query for definitions; these are never paged. Under the lock of the world. */
final class DefinitionsQuery {
    private static final Set<String> COLLECTIONS =
            Set.of("Attributes", "Keys", "ManyToManyRelationships", "ManyToOneRelationships", "OneToManyRelationships");
    private static final String JOINS = "RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata";
    private static final Pattern PATH = Pattern.compile("EntityDefinitions(?:\\(([^)]*)\\))?"
            + "(?:/(\\w+)(?:\\(LogicalName='(\\w+)'\\))?(?:/Microsoft\\.Dynamics\\.CRM\\.(\\w+))?)?");
    private static final Pattern EXPAND = Pattern.compile("\\s*(\\w+)(?:\\(([^)]*)\\))?\\s*(?:,|$)");
    private static final Pattern EQUAL =
            Pattern.compile("\\s*(\\w+) eq (?:(Microsoft\\.Dynamics\\.CRM\\.\\w+)?'([^']*)'|(true|false))\\s*");

    private final World world;
    private final String root;
    private final ODataQuery options;

    DefinitionsQuery(World world, String root, ODataQuery options) {
        this.world = world;
        this.root = root;
        this.options = options;
    }

    Answer answer(String resource) {
        if (resource.equals(JOINS)) {
            return joins();
        }
        Matcher path = PATH.matcher(resource);
        if (!path.matches()) {
            throw Refusal.noSegment(resource);
        }
        if (path.group(1) == null) {
            List<Map<String, @Nullable Object>> all = new ArrayList<>();
            for (TableStore table : world.tables()) {
                if (isWanted(Definitions.table(table.description()))) {
                    all.add(definition(table));
                }
            }
            return collection("EntityDefinitions", all);
        }
        TableStore table = table(path.group(1));
        if (path.group(2) == null) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("@odata.context", root + "$metadata#EntityDefinitions/$entity");
            one.putAll(definition(table));
            return Answer.json(200, Json.of(one));
        }
        return within(table, path.group(2), path.group(3), path.group(4));
    }

    private Answer joins() {
        Map<Object, Map<String, @Nullable Object>> joins = new LinkedHashMap<>();
        String select = options.value("$select").orElse("");
        for (TableStore table : world.tables()) {
            joins(table.description())
                    .forEach(join -> joins.put(String.valueOf(join.get("SchemaName")), selected(join, select)));
        }
        return collection(JOINS, List.copyOf(joins.values()));
    }

    private Answer within(TableStore table, String collection, @Nullable String attribute, @Nullable String cast) {
        String select = options.value("$select").orElse("");
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Map<String, @Nullable Object> each : collection(table, collection)) {
            boolean named = attribute == null || attribute.equals(each.get("LogicalName"));
            boolean cased = cast == null || ("#Microsoft.Dynamics.CRM." + cast).equals(each.get(Definitions.TYPE));
            if (named && cased && isWanted(each)) {
                found.add(selected(cast == null && !select.isEmpty() ? each : whole(table, each), select));
            }
        }
        String context = "EntityDefinitions('" + table.description().logicalName() + "')/" + collection
                + (cast == null ? "" : "/Microsoft.Dynamics.CRM." + cast);
        if (attribute == null) {
            return collection(context, found);
        }
        if (found.isEmpty()) {
            throw new Refusal(404, "0x80060888", "Could not find an attribute named '" + attribute + "'.");
        }
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("@odata.context", root + "$metadata#" + context + "/$entity");
        one.putAll(found.get(0));
        return Answer.json(200, Json.of(one));
    }

    private Map<String, @Nullable Object> definition(TableStore table) {
        Map<String, @Nullable Object> definition = selected(
                Definitions.table(table.description()), options.value("$select").orElse(""));
        Matcher expand = EXPAND.matcher(options.value("$expand").orElse(""));
        while (expand.find() && !expand.group(1).isEmpty()) {
            String select = "";
            String filter = "";
            for (String part : Objects.requireNonNullElse(expand.group(2), "").split(";", -1)) {
                select = part.startsWith("$select=") ? part.substring("$select=".length()) : select;
                filter = part.startsWith("$filter=") ? part.substring("$filter=".length()) : filter;
            }
            List<Object> members = new ArrayList<>();
            for (Map<String, @Nullable Object> each : collection(table, expand.group(1))) {
                if (isWanted(each, filter)) {
                    members.add(selected(each, select));
                }
            }
            definition.put(expand.group(1), members);
        }
        return definition;
    }

    private List<Map<String, @Nullable Object>> collection(TableStore table, String name) {
        if (!COLLECTIONS.contains(name)) {
            throw Refusal.noProperty(name, "EntityMetadata");
        }
        TableDescription description = table.description();
        return switch (name) {
            case "Attributes" ->
                Definitions.attributes(description, table.state().secured());
            case "ManyToManyRelationships" -> joins(description);
            case "ManyToOneRelationships" -> references(description, true);
            case "OneToManyRelationships" -> references(description, false);
            default -> List.of();
        };
    }

    private static Map<String, @Nullable Object> whole(TableStore table, Map<String, @Nullable Object> attribute) {
        Map<String, @Nullable Object> whole = new LinkedHashMap<>(attribute);
        String name = String.valueOf(attribute.get("LogicalName"));
        DataverseColumn column = table.description().column(name).orElseGet(() -> DataverseColumn.text(name, 100));
        whole.putAll(Definitions.facets(column));
        return whole;
    }

    private List<Map<String, @Nullable Object>> joins(TableDescription table) {
        List<Map<String, @Nullable Object>> joins = new ArrayList<>();
        for (TableStore store : world.tables()) {
            TableDescription junction = store.description();
            boolean joined =
                    junction.intersect() && junction.column(table.primaryId()).isPresent();
            if (joined && !table.intersect()) {
                List<TableDescription> ends = world.tables().stream()
                        .map(TableStore::description)
                        .filter(end -> !end.equals(junction)
                                && junction.column(end.primaryId()).isPresent())
                        .toList();
                if (ends.size() == 2) {
                    joins.add(Definitions.manyToMany(junction, ends.get(0), ends.get(1)));
                }
            }
        }
        return joins;
    }

    private List<Map<String, @Nullable Object>> references(TableDescription table, boolean outgoing) {
        List<Map<String, @Nullable Object>> references = new ArrayList<>();
        for (TableStore store : world.tables()) {
            TableDescription from = store.description();
            for (DataverseColumn column : from.columns()) {
                for (String name : column.targets()) {
                    Optional<TableDescription> target =
                            world.byLogicalName(name).map(TableStore::description);
                    boolean mine = (outgoing ? from.logicalName() : name).equals(table.logicalName());
                    if (mine && target.isPresent()) {
                        references.add(Definitions.manyToOne(from, column, target.get()));
                    }
                }
            }
        }
        return references;
    }

    private TableStore table(String key) {
        if (key.startsWith("LogicalName='")) {
            String name = key.substring("LogicalName='".length(), key.length() - 1);
            return world.byLogicalName(name)
                    .orElseThrow(() -> new Refusal(
                            404, "0x80060888", "Could not find an entity with name " + name + " and type mask All."));
        }
        return world.tables().stream()
                .filter(table ->
                        Definitions.id(table.description().logicalName()).equals(key))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "0x80060888", "Could not find an entity with id " + key + "."));
    }

    private boolean isWanted(Map<String, @Nullable Object> definition) {
        return isWanted(definition, options.value("$filter").orElse(""));
    }

    /** Comparisons by {@code eq}, joined by {@code and} or by {@code or}. */
    private static boolean isWanted(Map<String, @Nullable Object> definition, String filter) {
        if (filter.isEmpty()) {
            return true;
        }
        boolean all = filter.contains(" and ");
        for (String part : filter.split(" and | or ", -1)) {
            Matcher equal = EQUAL.matcher(part);
            if (!equal.matches() || !definition.containsKey(equal.group(1))) {
                throw Refusal.bad("The filter '" + filter + "' is not supported.");
            }
            boolean named =
                    equal.group(1).equals("AttributeType") || equal.group(1).equals("OwnershipType");
            if (named != (equal.group(2) != null)) {
                throw Refusal.bad("A binary operator with incompatible types was detected in '" + part + "'.");
            }
            String wanted = equal.group(3) == null ? equal.group(4) : equal.group(3);
            boolean holds = String.valueOf(definition.get(equal.group(1))).equals(wanted);
            if (holds != all) {
                return holds;
            }
        }
        return all;
    }

    private static Map<String, @Nullable Object> selected(Map<String, @Nullable Object> definition, String select) {
        if (select.isEmpty()) {
            return new LinkedHashMap<>(definition);
        }
        Map<String, @Nullable Object> selected = new LinkedHashMap<>();
        for (String always : Arrays.asList(Definitions.TYPE, "MetadataId")) {
            if (definition.containsKey(always)) {
                selected.put(always, definition.get(always));
            }
        }
        for (String name : select.split("\\s*,\\s*", -1)) {
            if (!definition.containsKey(name)) {
                throw Refusal.noProperty(name, "MetadataBase");
            }
            selected.put(name, definition.get(name));
        }
        return selected;
    }

    private Answer collection(String context, List<Map<String, @Nullable Object>> members) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("@odata.context", root + "$metadata#" + context);
        answer.put("value", members);
        return Answer.json(200, Json.of(answer));
    }
}
