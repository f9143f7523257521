package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options of a query, decoded, in the order in which they were sent. Immutable.
 *
 * @param raw the query as it was sent
 */
record ODataQuery(String raw, List<Option> options) {
    static final String SKIP_TOKEN = "$skiptoken";
    static final String DELTA_TOKEN = "$deltatoken";

    private static final Set<String> KNOWN = Set.of(
            "$select", "$filter", "$orderby", "$expand", "$top", "$count", SKIP_TOKEN, DELTA_TOKEN, "annotations");

    record Option(String name, String value) {}

    /** @throws Refusal for what the Web API knows nothing of: names are compared by case */
    static ODataQuery parse(@Nullable String raw) {
        List<Option> options = new ArrayList<>();
        if (raw == null || raw.isEmpty()) {
            return new ODataQuery("", List.of());
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = Links.decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Links.decoded(pair.substring(equals + 1));
            check(name);
            options.add(new Option(name, value));
        }
        return new ODataQuery(raw, List.copyOf(options));
    }

    Optional<String> value(String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(Option::value)
                .findFirst();
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    /** The same without one option. */
    ODataQuery without(String name) {
        return new ODataQuery(
                raw,
                options.stream().filter(option -> !option.name().equals(name)).toList());
    }

    /** The link to the same with a token at its end. */
    String link(String path, String tokenName, String encodedToken) {
        String others = options.stream()
                .filter(option -> !option.name().equals(tokenName))
                .map(option -> option.name() + "=" + encoded(option))
                .collect(Collectors.joining("&"));
        String token = tokenName + "=" + encodedToken;
        return path + "?" + (others.isEmpty() ? token : others + "&" + token);
    }

    private static String encoded(Option option) {
        return option.name().equals(DELTA_TOKEN) ? Links.inner(option.value()) : Links.value(option.value());
    }

    private static void check(String name) {
        if (name.equals("$skip")) {
            throw Refusal.bad("Skip Clause is not supported in CRM");
        }
        if (name.startsWith("$") && !KNOWN.contains(name)) {
            throw Refusal.bad("The query parameter '" + name + "' is not supported.");
        }
    }
}
