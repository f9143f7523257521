package dev.caravan.cli;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import dev.caravan.route.TableSettings;
import dev.caravan.source.dataverse.Strategies;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Why an entity is synced the way it is. Stateless. */
final class Reasons {
    private Reasons() {}

    static ConnectorCheck.Entity of(
            ConnectorSettings connector,
            EntityRecord entity,
            @Nullable CaravanException leftOut,
            OptionalLong rows,
            @Nullable Duration expected) {
        boolean isSet = connector.entity(entity.slug()).strategy().isPresent();
        Strategy strategy = connector.entity(entity.slug()).strategy().orElse(entity.strategy());
        return new ConnectorCheck.Entity(
                entity.name(),
                entity.table(),
                rows,
                entity.enabled() && leftOut == null,
                strategy.text(),
                leftOut == null ? reason(connector, entity, strategy, isSet) : "left out: " + leftOut.getMessage(),
                expected);
    }

    private static String reason(ConnectorSettings connector, EntityRecord entity, Strategy strategy, boolean isSet) {
        if (entity.note() != null) {
            return "stopped: " + entity.note();
        }
        if (entity.columns().keyNames().isEmpty()) {
            return "it has no business key, so whole rows are told apart";
        }
        if (isSet) {
            return "the configuration says so";
        }
        if (connector.type().equals("dataverse")) {
            return dataverse(connector, entity);
        }
        return strategy == Strategy.AUTO ? "row versions if every row has one, else hashes" : "the source says so";
    }

    private static String dataverse(ConnectorSettings connector, EntityRecord entity) {
        EntitySettings.Dataverse settings = TableSettings.of(connector, entity).dataverse();
        boolean some =
                settings.filter().isPresent() || settings.onlyLinkedFrom().isPresent();
        return Strategies.explain(entity.strategy(), settings.strategy(), some);
    }
}
