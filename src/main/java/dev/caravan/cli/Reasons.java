package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import java.util.OptionalLong;

/** Why an entity is synced the way it is. Stateless. */
final class Reasons {
    private Reasons() {}

    static ConnectorCheck.Entity of(ConnectorSettings connector, EntityRecord entity) {
        boolean isSet = connector.entity(entity.slug()).strategy().isPresent();
        Strategy strategy = connector.entity(entity.slug()).strategy().orElse(entity.strategy());
        return new ConnectorCheck.Entity(
                entity.name(),
                entity.table(),
                OptionalLong.empty(),
                entity.enabled(),
                strategy.text(),
                reason(entity, strategy, isSet));
    }

    private static String reason(EntityRecord entity, Strategy strategy, boolean isSet) {
        if (entity.note() != null) {
            return "stopped: " + entity.note();
        }
        if (entity.columns().keyNames().isEmpty()) {
            return "it has no business key, so whole rows are told apart";
        }
        if (isSet) {
            return "the configuration says so";
        }
        return strategy == Strategy.AUTO ? "row versions if every row has one, else hashes" : "the source says so";
    }
}
