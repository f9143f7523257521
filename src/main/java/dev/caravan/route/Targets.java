package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import java.util.HashMap;
import java.util.Map;

/** The kinds of targets there are, and which one an entity has. Filled before the first run. */
final class Targets {
    /** The kind of an entity that names no target: the connector's database. */
    static final String SQL = "sql";

    /** ScheduleHub, and whatever else takes batches of records in its manner. */
    static final String SCHEDULEHUB = "schedulehub";

    private final Settings settings;
    private final Map<String, Target> kinds = new HashMap<>();

    Targets(Settings settings) {
        this.settings = settings;
    }

    void add(String kind, Target target) {
        kinds.put(kind, target);
    }

    /** What the routes of an entity's target are named after: {@code sql}, or the type of the connector it names. */
    String kind(EntityRecord entity, ConnectorSettings connector) {
        return connector
                .entity(entity.slug())
                .target()
                .flatMap(settings::connector)
                .map(hub -> hub.type().equals("rest") ? SCHEDULEHUB : hub.type())
                .orElse(SQL);
    }

    /**
     * The target of an entity.
     *
     * @throws CaravanException TARGET_UNSUPPORTED
     */
    Target of(EntityRecord entity, ConnectorSettings connector) {
        return of(kind(entity, connector));
    }

    /** The target of a kind. */
    Target of(String kind) {
        Target target = kinds.get(kind);
        if (target == null) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "TARGET_UNSUPPORTED",
                    "Nothing can be written to a connector of type " + kind);
        }
        return target;
    }
}
