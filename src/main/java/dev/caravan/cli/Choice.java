package dev.caravan.cli;

import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which entities a pass is for. */
final class Choice {
    private final List<EntityRecord> known;

    /** @param all every entity that is remembered; those of connectors that are no longer configured do not count */
    Choice(List<EntityRecord> all, Settings settings) {
        this.known = all.stream()
                .filter(entity -> settings.connector(entity.connector()).isPresent())
                .toList();
    }

    /**
     * The chosen ones, in the order they were named; without names all that are enabled.
     *
     * @throws CaravanException ENTITY_UNKNOWN if a name fits nothing, ENTITY_AMBIGUOUS if two connectors have it,
     *     ENTITY_DISABLED if it is not synced
     */
    List<EntityRecord> choose(SyncRequest request) {
        Set<EntityRecord> chosen = new LinkedHashSet<>();
        if (request.entities().isEmpty()) {
            known.stream().filter(EntityRecord::enabled).forEach(chosen::add);
        }
        request.entities().forEach(name -> chosen.addAll(fitting(name)));
        return chosen.stream()
                .filter(entity -> !request.failedOnly() || !"completed".equals(entity.lastSyncStatus()))
                .toList();
    }

    private List<EntityRecord> fitting(String name) {
        if (name.contains("*")) {
            List<EntityRecord> fitting = known.stream()
                    .filter(EntityRecord::enabled)
                    .filter(entity -> fits(name, entity))
                    .toList();
            return fitting.isEmpty() ? unknown(name) : fitting;
        }
        List<EntityRecord> exact =
                known.stream().filter(entity -> entity.name().equals(name)).toList();
        List<EntityRecord> fitting = exact.isEmpty()
                ? known.stream().filter(entity -> entity.slug().equals(name)).toList()
                : exact;
        if (fitting.isEmpty()) {
            return unknown(name);
        }
        if (fitting.size() > 1) {
            throw fault(
                    "ENTITY_AMBIGUOUS",
                    name + " is more than one entity: " + names(fitting) + "; name the connector too");
        }
        if (!fitting.get(0).enabled()) {
            throw fault(
                    "ENTITY_DISABLED", name + " is not synced: the source no longer has it, or the file leaves it out");
        }
        return fitting;
    }

    /**
     * Entities by names, and by patterns with {@code *}, in the order in which they are named.
     *
     * @throws CaravanException ENTITY_UNKNOWN, also where a pattern fits nothing; ENTITY_AMBIGUOUS
     */
    static List<EntityRecord> named(State state, List<String> names) {
        Set<EntityRecord> chosen = new LinkedHashSet<>();
        for (String name : names) {
            List<EntityRecord> fitting = state.entities().stream()
                    .filter(entity -> name.contains("*") && fits(name, entity))
                    .toList();
            chosen.addAll(fitting.isEmpty() ? List.of(state.entity(name)) : fitting);
        }
        return List.copyOf(chosen);
    }

    /** Whether a pattern fits an entity, with its connector or without, whatever the case. */
    static boolean fits(String name, EntityRecord entity) {
        Pattern pattern = Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE);
        return pattern.matcher(entity.name()).matches()
                || pattern.matcher(entity.slug()).matches();
    }

    private List<EntityRecord> unknown(String name) {
        throw fault(
                "ENTITY_UNKNOWN",
                "No entity is called " + name + (known.isEmpty() ? "; none is known" : "; there is " + names(known)));
    }

    private static String names(List<EntityRecord> entities) {
        return entities.stream().map(EntityRecord::name).collect(Collectors.joining(", "));
    }

    private static CaravanException fault(String code, String message) {
        return new CaravanException(FaultKind.CONFIGURATION, code, message);
    }
}
