package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.mapping.Mapper;
import dev.caravan.mapping.StoredChain;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.SafeNames;
import dev.caravan.store.FieldMappingRepository.Mapping;
import dev.caravan.target.sql.TargetTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What becomes of fields: the chains of the file, and those that are remembered for fields that the file does not name.
 * Stateless.
 */
public final class Mappings {
    private Mappings() {}

    /** The file's chains by field, without regard to case. */
    public static Map<String, String> inFile(ConnectorSettings connector, EntityRecord entity) {
        Map<String, String> chains = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        chains.putAll(DataverseSource.settings(connector, entity.slug(), entity.description())
                .mappings());
        return chains;
    }

    /** All that hold for an entity, by field without regard to case. */
    public static Map<String, String> of(Stores stores, ConnectorSettings connector, EntityRecord entity) {
        Map<String, String> chains = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Mapping mapping : stores.mappings().of(entity.uid())) {
            chains.put(mapping.sourceField(), chain(mapping).text());
        }
        chains.putAll(inFile(connector, entity));
        return chains;
    }

    /** A remembered mapping as a chain. */
    public static StoredChain chain(Mapping mapping) {
        return new StoredChain(
                mapping.targetField(),
                mapping.transformation(),
                mapping.validation(),
                mapping.defaultValue(),
                mapping.required());
    }

    /** Names of an entity's columns where no mapping says another, in the order of its fields. */
    public static List<String> names(ConnectorSettings connector, EntityRecord entity) {
        boolean records = connector.type().equals("dataverse");
        return SafeNames.columns(entity.columns().names(), records ? TargetTable.RECORD_COLUMNS : Set.of());
    }

    /**
     * Lays rows of an entity out as its columns.
     *
     * @throws dev.caravan.fault.CaravanException MAPPING_WRONG, naming the field and the place
     */
    public static Mapper mapper(ConnectorSettings connector, EntityRecord entity, Map<String, String> chains) {
        return new Mapper(entity.columns(), names(connector, entity), chains);
    }

    /** The same by all that holds for it. */
    static Mapper mapper(Stores stores, ConnectorSettings connector, EntityRecord entity) {
        return mapper(connector, entity, of(stores, connector, entity));
    }
}
