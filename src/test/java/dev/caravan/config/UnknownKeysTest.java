package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of keys that nobody reads. */
class UnknownKeysTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "caravan.wokers, caravan.workers",
        "caravan.databse.url, caravan.database.url",
        "caravan.conector.y.type, caravan.connector.y.type",
        "caravan.connectors.y.type, caravan.connector.y.type",
        "caravan.brigde.x.table, caravan.bridge.x.table",
        "caravan.database.crm.usrname, caravan.database.crm.username",
        "caravan.connector.erp.evry, caravan.connector.erp.every",
        "caravan.connector.erp.entities.items.every, caravan.connector.erp.entity.items.every",
        "caravan.connector.erp.entity.items.windw, caravan.connector.erp.entity.items.window",
        "caravan.connector.erp.entity.items.maps.NAME, caravan.connector.erp.entity.items.map.NAME",
        "caravn.workers, caravan.workers"
    })
    void theNearestKeyIsNamed(String typed, String meant) {
        assertThat(new ConfigurationFolder(folder).problemsOfErp(typed + " = 1"))
                .contains("line 4: " + typed + ": is not a known key; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"caravan.nonsense", "caravan.connector.erp.foo", "caravan.connector.erp.entity.items.colour"})
    void whereNoneIsNearThePageThatListsThemIsNamed(String typed) {
        assertThat(new ConfigurationFolder(folder).problemsOfErp(typed + " = 1"))
                .containsExactly(
                        "line 4: " + typed + ": is not a known key; docs/reference/configuration.md lists all");
    }

    @Test
    void keysOfOthersAreNoneOfOurs() {
        assertThat(new ConfigurationFolder(folder).problemsOfErp("camel.main.name = x", "greeting = hello"))
                .isEmpty();
    }
}
