package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityReaderTest {
    private static final String ITEMS = "caravan.connector.erp.entity.items.";

    @TempDir
    Path folder;

    private ConfigurationFolder in() {
        return new ConfigurationFolder(folder);
    }

    @Test
    void hasDefaultsForAnEntityThatIsNotNamed() {
        assertThat(in().erp().entity("items")).isSameAs(EntitySettings.DEFAULTS);
    }

    @Test
    void readsWhichLayersThereAre() {
        assertThat(in().erp(ITEMS + "normalise = types, NUMBERS")
                        .entity("items")
                        .layers())
                .containsExactlyInAnyOrder(Layer.TYPES, Layer.NUMBERS);
        assertThat(in().erp(ITEMS + "normalise = none").entity("items").layers())
                .isEmpty();
        assertThat(in().examineErp(ITEMS + "normalise = types, none").problems().toString())
                .contains("one of types, texts, numbers, dates, or none");
    }

    @Test
    void historyOfRowsThatGoElsewhereIsAWarning() {
        assertThat(in().examineErp(ITEMS + "history = true", ITEMS + "target = hub")
                        .warnings()
                        .toString())
                .contains("only rows of a database's tables keep their versions");
    }

    @Test
    void readsTheKeysOfApismith() {
        EntitySettings items = in().erp(
                        ITEMS + "enabled = true",
                        ITEMS + "every = 1h",
                        ITEMS + "target-table = parts",
                        ITEMS + "strategy = ROWVERSION",
                        ITEMS + "deletes = off",
                        ITEMS + "full-pass-every = off",
                        ITEMS + "history = true",
                        ITEMS + "window = 19:00-07:00",
                        ITEMS + "zone = Europe/Berlin",
                        ITEMS + "parents = customers(CUST=ID); sites(SITE=NO, AREA=AREA)",
                        ITEMS + "map.PART_NO = item_number | trim | regex('a|b', 'c')")
                .entity("items");

        assertThat(items.enabled()).contains(true);
        assertThat(items.schedule()).contains(new ConnectorSettings.Schedule(Duration.ofHours(1), Optional.empty()));
        assertThat(items.targetTable()).contains("parts");
        assertThat(items.strategy()).contains(Strategy.ROWVERSION);
        assertThat(items.markDeletes()).isFalse();
        assertThat(items.fullPassEvery()).isEmpty();
        assertThat(items.history()).isTrue();
        assertThat(items.window())
                .contains(new Window(LocalTime.of(19, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin")));
        assertThat(items.parents())
                .containsExactly(
                        new EntitySettings.Parent("customers", Map.of("CUST", "ID")),
                        new EntitySettings.Parent("sites", Map.of("SITE", "NO", "AREA", "AREA")));
        assertThat(items.mappings()).isEqualTo(Map.of("PART_NO", "item_number | trim | regex('a|b', 'c')"));
    }

    @Test
    void takesZeroAsEveryRun() {
        assertThat(in().erp(ITEMS + "full-pass-every = 0s").entity("items").fullPassEvery())
                .contains(Duration.ZERO);
    }

    @Test
    void readsTheKeysOfDataverse() {
        String accounts = "caravan.connector.crm.table.accounts.";
        EntitySettings entity = in().read(
                        "caravan.connector.crm.type = dataverse",
                        "caravan.connector.crm.url = https://contoso.crm.dynamics.com",
                        "caravan.connector.crm.client-id = id",
                        "caravan.connector.crm.client-secret = s",
                        accounts + "strategy = modified",
                        accounts + "filter = statecode eq 0",
                        accounts + "only-linked-from = vin_set.accountid",
                        accounts + "columns = name, city",
                        accounts + "deletes = sweep",
                        accounts + "delete-sweep-every = off")
                .connector("crm")
                .orElseThrow()
                .entity("accounts");

        assertThat(entity.strategy()).isEmpty();
        assertThat(entity.dataverse())
                .isEqualTo(new EntitySettings.Dataverse(
                        "modified",
                        Optional.of("statecode eq 0"),
                        Optional.of("vin_set.accountid"),
                        java.util.List.of("name", "city"),
                        "sweep",
                        Optional.empty()));
    }

    @Test
    void overridesTheListOfTheConnector() {
        ConnectorSettings erp = in().erp(
                        "caravan.connector.erp.entities = items",
                        "caravan.connector.erp.entity.items.enabled = false",
                        "caravan.connector.erp.entity.sites.enabled = true");

        assertThat(erp.wants("items")).isFalse();
        assertThat(erp.wants("sites")).isTrue();
        assertThat(erp.wants("other")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    strategy = track;              strategy
                    deletes = sweep;               deletes
                    full-pass-every = never;       full-pass-every
                    window = 19-7;                 window
                    window = 25:00-07:00;          window
                    zone = UTC;                    zone
                    parents = customers;           parents
                    parents = customers(a=b,);     parents
                    target = nobody;               target
                    target = erp;                  target
                    enabled = maybe;               enabled
                    map.PART_NO =;                 map.PART_NO
                    strateg = full;                strateg
                    map. = x;                      map.
                    """)
    void refuses(String line, String key) {
        assertThat(in().examineErp(ITEMS + line).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(ITEMS + key);
            assertThat(problem.line()).isEqualTo(4);
        });
    }

    @Test
    void refusesAZoneThatDoesNotExist() {
        assertThat(in().problemsOfErp(ITEMS + "window = 19:00-07:00", ITEMS + "zone = Europe/Atlantis"))
                .containsExactly(
                        "line 5: " + ITEMS + "zone: 'Europe/Atlantis' is not a zone such as Europe/Berlin or UTC");
    }

    @Test
    void refusesAnEntityThatIsNamedInBothWays() {
        assertThat(in().examineErp(ITEMS + "every = 1h", "caravan.connector.erp.table.items.every = 2h")
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("keep one of them"));
    }
}
