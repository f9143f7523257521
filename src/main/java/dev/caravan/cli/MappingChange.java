package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.mapping.StoredChain;
import dev.caravan.model.Column;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Mappings;
import dev.caravan.store.FieldMappingRepository.Mapping;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping that is about to be saved: all that can be wrong with it is said before. */
final class MappingChange {
    private final State state;
    private final ConnectorSettings connector;
    private final EntityRecord entity;

    MappingChange(State state, ConnectorSettings connector, EntityRecord entity) {
        this.state = state;
        this.connector = connector;
        this.entity = entity;
    }

    /**
     * The mapping in the pieces in which it is saved.
     *
     * @throws CaravanException MAPPING_WRONG, naming the place; MAPPING_IN_FILE, FIELD_UNKNOWN
     */
    Mapping accept(String field, String chain) {
        int index = index(field);
        Column before = entity.columns().get(index);
        String name = before.name();
        refuseInFile(name);
        StoredChain pieces = StoredChain.of(name, chain);
        Map<String, String> chains = Mappings.of(state.stores(entity), connector, entity);
        chains.put(name, chain);
        Column after = Mappings.mapper(connector, entity, chains).target().get(index);
        refuseOtherType(before, after);
        return new Mapping(
                name,
                after.name(),
                pieces.transformation(),
                pieces.validation(),
                pieces.defaultValue(),
                pieces.required(),
                null,
                false);
    }

    private int index(String field) {
        int index = entity.columns().indexOf(field);
        if (index < 0) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "FIELD_UNKNOWN",
                    entity.name() + " has no field " + field + "; there is "
                            + String.join(", ", entity.columns().names()));
        }
        return index;
    }

    private void refuseInFile(String name) {
        if (Mappings.inFile(connector, entity).containsKey(name)) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "MAPPING_IN_FILE",
                    "The file says what becomes of " + entity.name() + "." + name + ", and it wins; change the key map."
                            + name + " there");
        }
    }

    /** A column keeps its type; another type wants another column. */
    private void refuseOtherType(Column before, Column after) {
        Set<String> present = state.columns(entity);
        boolean there = present.contains(after.name().toLowerCase(Locale.ROOT));
        if (there && before.type().kind() != after.type().kind()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "MAPPING_WRONG",
                    "map." + before.name() + ": the result is " + after.type() + ", and the table has a column "
                            + after.name() + " already, of another type; name another column, as in '"
                            + after.name().toLowerCase(Locale.ROOT) + "_2 | …'");
        }
    }

    /** What is saved of a field; null for nothing. */
    @Nullable
    String saved(String field) {
        List<Mapping> all = state.stores(entity).mappings().of(entity.uid());
        return all.stream()
                .filter(mapping -> mapping.sourceField().equals(field))
                .map(mapping -> field + " = " + text(mapping))
                .findFirst()
                .orElse(null);
    }

    /** A mapping as it is written in one piece. */
    static String text(Mapping mapping) {
        return Mappings.chain(mapping).text();
    }
}
