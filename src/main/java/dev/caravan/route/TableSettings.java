package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.EntitySettings;
import dev.caravan.model.EntityRecord;

/** What is set for Dataverse tables, by the file and by an old list that it names. Stateless. */
public final class TableSettings {
    private TableSettings() {}

    /** The settings of a table, by its entity set or by its logical name. */
    public static EntitySettings of(ConnectorSettings connector, EntityRecord entity) {
        return DataverseSource.settings(connector, entity.slug(), entity.description());
    }
}
