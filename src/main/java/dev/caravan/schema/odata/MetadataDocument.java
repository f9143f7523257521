package dev.caravan.schema.odata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a document so far. Texts and properties that are equal are kept once: a document has thousands of
 * {@code modifiedon}. One thread.
 */
final class MetadataDocument {
    private final Map<Object, Object> pool = new HashMap<>();
    private final Map<String, EntityType> types = new LinkedHashMap<>();
    private final Map<String, EntitySet> sets = new LinkedHashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Set<String> enums = new HashSet<>();
    private final Map<String, String> definitions = new HashMap<>();
    private String namespace = "";
    private @Nullable Draft type;
    private boolean known;

    /** An entity type or complex type that is being read. */
    private static final class Draft {
        private final String element;
        private final String name;
        private final String base;
        private final boolean isAbstract;
        private final boolean isOpen;
        private final int depth;
        private final List<String> key = new ArrayList<>();
        private final List<ODataProperty> properties = new ArrayList<>();
        private final List<Navigation> navigations = new ArrayList<>();
        private @Nullable Navigation navigation;
        private List<Navigation.Constraint> constraints = new ArrayList<>();

        private Draft(String element, String name, String base, boolean isAbstract, boolean isOpen, int depth) {
            this.element = element;
            this.name = name;
            this.base = base;
            this.isAbstract = isAbstract;
            this.isOpen = isOpen;
            this.depth = depth;
        }
    }

    void start(XMLStreamReader reader, int depth) {
        String element = reader.getLocalName();
        Draft open = type;
        if (open != null) {
            inside(open, element, reader, depth);
            return;
        }
        switch (element) {
            case "Edmx" -> version(reader);
            case "Include", "Schema" -> alias(reader, element);
            case "EntityType", "ComplexType" ->
                type = new Draft(
                        element,
                        own(reader),
                        text(reader, "BaseType"),
                        truth(reader, "Abstract", false),
                        truth(reader, "OpenType", false),
                        depth);
            case "EnumType" -> enums.add(own(reader));
            case "TypeDefinition" -> definitions.put(own(reader), text(reader, "UnderlyingType"));
            case "EntitySet" -> set(new EntitySet(name(reader), text(reader, "EntityType")));
            default -> {
                // functions, actions, annotations: nothing that a table is made of
            }
        }
    }

    private void version(XMLStreamReader reader) {
        String version = text(reader, "Version");
        if (!version.startsWith("4")) {
            throw Metadata.unreadable("The $metadata document is of OData version '" + version + "', not 4");
        }
        known = true;
    }

    private void alias(XMLStreamReader reader, String element) {
        String space = text(reader, "Namespace");
        String alias = text(reader, "Alias");
        if (!alias.isEmpty()) {
            aliases.put(alias, space);
        }
        if (element.equals("Schema")) {
            namespace = space;
        }
    }

    private void set(EntitySet set) {
        if (sets.put(set.name(), set) != null) {
            throw Metadata.unreadable("The $metadata document declares the entity set " + set.name() + " twice");
        }
    }

    private void inside(Draft draft, String element, XMLStreamReader reader, int depth) {
        switch (element) {
            case "PropertyRef" -> {
                if (depth == draft.depth + 2) {
                    draft.key.add(name(reader));
                }
            }
            case "Property" -> draft.properties.add(shared(property(reader)));
            case "NavigationProperty" -> {
                String written = text(reader, "Type");
                draft.navigation = new Navigation(
                        name(reader),
                        element(written),
                        !element(written).equals(written),
                        text(reader, "Partner"),
                        List.of());
            }
            case "ReferentialConstraint" ->
                draft.constraints.add(shared(
                        new Navigation.Constraint(text(reader, "Property"), text(reader, "ReferencedProperty"))));
            default -> {
                // annotations of the type
            }
        }
    }

    private ODataProperty property(XMLStreamReader reader) {
        String written = text(reader, "Type");
        String single = element(written);
        int precision = number(text(reader, "Precision"), 0);
        String scale = text(reader, "Scale");
        return new ODataProperty(
                name(reader),
                single,
                !single.equals(written),
                truth(reader, "Nullable", true),
                number(text(reader, "MaxLength"), 0),
                precision,
                number(scale, scale.isEmpty() && precision > 0 ? 0 : -1));
    }

    void end(String element, int depth) {
        Draft draft = type;
        if (draft == null) {
            return;
        }
        Navigation navigation = draft.navigation;
        if (element.equals("NavigationProperty") && navigation != null) {
            draft.navigations.add(shared(new Navigation(
                    navigation.name(),
                    navigation.target(),
                    navigation.collection(),
                    navigation.partner(),
                    draft.constraints)));
            draft.navigation = null;
            draft.constraints = new ArrayList<>();
        }
        if (depth == draft.depth) {
            type = null;
            if (draft.element.equals("EntityType")) {
                add(new EntityType(
                        draft.name,
                        draft.base,
                        draft.isAbstract,
                        draft.isOpen,
                        draft.key,
                        draft.properties,
                        draft.navigations));
            }
        }
    }

    private void add(EntityType found) {
        if (types.put(found.name(), found) != null) {
            throw Metadata.unreadable("The $metadata document declares the type " + found.name() + " twice");
        }
    }

    Metadata metadata() {
        if (!known) {
            throw Metadata.unreadable("The answer is no $metadata document");
        }
        return new Metadata(types, sets, new Metadata.Others(aliases, enums, definitions));
    }

    private String own(XMLStreamReader reader) {
        return shared(namespace + "." + name(reader));
    }

    private String name(XMLStreamReader reader) {
        String name = text(reader, "Name");
        if (name.isEmpty()) {
            throw Metadata.unreadable("A " + reader.getLocalName() + " of the $metadata document has no name");
        }
        return name;
    }

    private String text(XMLStreamReader reader, String attribute) {
        String value = reader.getAttributeValue(null, attribute);
        return value == null ? "" : shared(value);
    }

    private static boolean truth(XMLStreamReader reader, String attribute, boolean otherwise) {
        String value = reader.getAttributeValue(null, attribute);
        return value == null ? otherwise : value.trim().toLowerCase(Locale.ROOT).equals("true");
    }

    /** A number, or {@code otherwise} for words such as {@code max}, {@code variable}, {@code floating}. */
    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }

    /** {@code T} of {@code Collection(T)}; else the text itself. */
    private String element(String type) {
        boolean collection = type.startsWith("Collection(") && type.endsWith(")");
        return collection ? shared(type.substring(11, type.length() - 1)) : type;
    }

    @SuppressWarnings("unchecked")
    private <T> T shared(T value) {
        T before = (T) pool.putIfAbsent(value, value);
        return before == null ? value : before;
    }
}
