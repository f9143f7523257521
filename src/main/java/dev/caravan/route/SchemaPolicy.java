package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.SchemaChange;
import dev.caravan.store.SchemaVersionRepository;
import java.util.List;
import java.util.Optional;

/** What a changed layout of the source means for an entity: followed, told, or a reason to stop. Stateless. */
enum SchemaPolicy {
    /** The target follows. */
    FOLLOW("info"),
    /** The target stays as it is until a person approves; what has no column goes to {@code _bridge_extra}. */
    TELL("notice"),
    /** The entity is not synced until a person approves. */
    STOP("stop");

    private final String level;

    SchemaPolicy(String level) {
        this.level = level;
    }

    /** As the history calls it. */
    String level() {
        return level;
    }

    /** What the connector's setting says of these changes; another key is a stop whatever it says. */
    static SchemaPolicy of(ConnectorSettings connector, List<SchemaChange> changes) {
        if (hasOtherKey(changes)) {
            return STOP;
        }
        boolean onlyBounds = changes.stream().allMatch(SchemaChange::isBound);
        return switch (connector.onSchemaChange()) {
            case "lock" -> onlyBounds ? FOLLOW : TELL;
            case "freeze" -> STOP;
            default -> FOLLOW;
        };
    }

    static boolean hasOtherKey(List<SchemaChange> changes) {
        return changes.stream().anyMatch(change -> change.kind() == SchemaChange.Kind.KEY_CHANGED);
    }

    /** What is remembered of the layout that was found; empty if the newest that is remembered is another one. */
    static Optional<SchemaVersionRepository.Version> seen(Stores stores, EntityRecord found, String difference) {
        return stores.schemas()
                .newest(found.uid())
                .filter(version -> version.is(found.columns()) && difference.equals(version.difference()));
    }
}
