package dev.caravan.route;

import dev.caravan.config.Settings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.target.sql.HistoryMaker;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which entity has which table of a database, so that none is given to two. For one discovery; used by one thread. */
final class TablesTaken {
    private final Settings settings;
    private final Targets targets;
    private final Map<String, EntityRecord> owners = new HashMap<>();

    /** @param entities all that the database remembers */
    TablesTaken(Settings settings, Targets targets, Collection<EntityRecord> entities) {
        this.settings = settings;
        this.targets = targets;
        entities.forEach(this::add);
    }

    /**
     * Gives an entity its table, instead of the one it had.
     *
     * @throws CaravanException TABLE_SHARED where another one has it
     */
    void take(EntityRecord found) {
        if (isStored(found)) {
            for (String table : tables(found)) {
                EntityRecord other = owners.get(table);
                if (other != null && !other.uid().equals(found.uid())) {
                    throw new CaravanException(
                            FaultKind.CONFIGURATION,
                            "TABLE_SHARED",
                            other.name() + " and " + found.name() + " would share the table " + table
                                    + "; set target-table or table-prefix for one of them");
                }
            }
        }
        owners.values().removeIf(owner -> owner.uid().equals(found.uid()));
        add(found);
    }

    private void add(EntityRecord entity) {
        if (isStored(entity)) {
            tables(entity).forEach(table -> owners.putIfAbsent(table, entity));
        }
    }

    private boolean isStored(EntityRecord entity) {
        return entity.enabled()
                && settings.connector(entity.connector())
                        .filter(connector -> targets.kind(entity, connector).equals(Targets.SQL))
                        .isPresent();
    }

    /** The names of an entity's tables with their schemas, in lower case. */
    private Set<String> tables(EntityRecord entity) {
        Set<String> tables = new TreeSet<>();
        tables.add((entity.schema() + "." + entity.table()).toLowerCase(Locale.ROOT));
        settings.connector(entity.connector())
                .filter(connector -> Histories.isOn(entity, connector))
                .ifPresent(connector -> tables.add(
                        (entity.schema() + "." + HistoryMaker.name(entity.table())).toLowerCase(Locale.ROOT)));
        return tables;
    }
}
