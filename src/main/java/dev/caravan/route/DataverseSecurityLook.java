package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.odata.DefinitionText;
import dev.caravan.schema.odata.EntityDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks anew at which columns may be read before runs that begin after the schema was read: a run that does not know that
 * a column is hidden would store its NULLs. Runs that begin within a minute share one look. Safe for several threads.
 */
final class DataverseSecurityLook {
    private static final Logger LOG = LoggerFactory.getLogger(DataverseSecurityLook.class);
    private static final Duration SHARED = Duration.ofMinutes(1);

    private final TargetDatabases databases;
    private final DataverseDefinitions definitions;
    private final DataverseSecurity security;
    private final Clock clock;
    private final Map<String, Last> looks = new ConcurrentHashMap<>();

    DataverseSecurityLook(
            TargetDatabases databases, DataverseDefinitions definitions, DataverseSecurity security, Clock clock) {
        this.databases = databases;
        this.definitions = definitions;
        this.security = security;
        this.clock = clock;
    }

    /** When a connector was last looked at, and whether it lets itself be. Under its own lock. */
    private static final class Last {
        private Instant at = Instant.EPOCH;
        private boolean allowed = true;
    }

    private Last last(ConnectorSettings connector) {
        return looks.computeIfAbsent(connector.name(), name -> new Last());
    }

    /** The schema was read, and with it what may be read. */
    void done(ConnectorSettings connector, Instant at, boolean allowed) {
        Last last = last(connector);
        synchronized (last) {
            last.at = at;
            last.allowed = allowed;
        }
    }

    /**
     * Looks, unless that was tried within the last minute; one asks, and the others wait for it. Trouble that passes is left
     * to the run to meet, which tells of it and repeats what is worth it.
     */
    void look(ConnectorSettings connector) {
        Last last = last(connector);
        synchronized (last) {
            Instant now = clock.instant();
            if (!last.allowed || now.isBefore(last.at.plus(SHARED))) {
                return;
            }
            last.at = now;
            try {
                Optional<Map<String, EntityDefinition>> secured = definitions.secured(connector);
                secured.ifPresent(tables -> remember(connector, tables));
                last.allowed = secured.isPresent();
            } catch (CaravanException trouble) {
                if (trouble.kind() != FaultKind.TRANSIENT && trouble.kind() != FaultKind.THROTTLED) {
                    throw trouble;
                }
                LOG.warn(
                        "{}: it cannot be asked which columns may be read, what was known before holds: {}",
                        connector.name(),
                        trouble.getMessage());
            }
        }
    }

    private void remember(ConnectorSettings connector, Map<String, EntityDefinition> secured) {
        TargetDatabase database = databases.of(connector);
        Stores stores = database.stores();
        Map<EntityRecord, EntityDefinition> tables = new LinkedHashMap<>();
        for (EntityRecord entity : stores.entities().all()) {
            EntityDefinition table = secured.get(entity.description());
            if (table != null && entity.enabled() && entity.connector().equals(connector.name())) {
                String kept = stores.cursors()
                        .kept(entity.uid(), DataverseDefinitions.DEFINITION)
                        .orElse("{}");
                tables.put(entity, DefinitionText.read(table, kept));
            }
        }
        Optional<Set<String>> readable = security.readable(connector, tables.values());
        if (readable.isEmpty()) {
            return;
        }
        tables.entrySet()
                .removeIf(each -> DataverseSecurity.unreadable(
                                each.getKey(), Optional.of(each.getValue()), readable.get())
                        .equals(DataverseSecurity.of(stores, each.getKey().uid())));
        if (!tables.isEmpty()) {
            database.transaction()
                    .executeWithoutResult(status -> tables.forEach((entity, table) ->
                            DataverseSecurity.keep(stores, entity, Optional.of(table), readable, new ArrayList<>())));
        }
    }
}
