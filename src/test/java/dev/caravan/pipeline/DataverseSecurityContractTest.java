package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.testing.FakeClock;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that the application may not read, or not any more: they come as NULL, which is not what they hold. */
abstract class DataverseSecurityContractTest extends DataverseThingsContract {
    private static final String PRICE = "vin_price";

    private @Nullable String price(String key) throws SQLException {
        return house.one("SELECT vin_price FROM vin_things WHERE vin_thingid = '" + key + "'");
    }

    private String alerts() throws SQLException {
        return String.valueOf(house.one("SELECT count(*) FROM " + house.own("alerts")
                + " WHERE kind = 'columns-unreadable' AND cleared_at IS NULL"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"track", "modified"})
    void aValueThatMayNotBeReadAnyMoreStaysUntilItMayBeReadAgain(String strategy) throws SQLException {
        DataverseTable things = things(15, true);
        things.secure(PRICE, false);
        house.with("table." + THINGS + ".strategy", strategy);
        sync();
        expectEqual(THINGS);
        List<String> keys = things.keys(15);
        Map<String, Map<String, @Nullable String>> before = house.stored(THINGS);

        things.secure(PRICE, true);
        assertThat(house.discover())
                .containsExactly("crm.vin_things: vin_price may not be read (column security); values that are"
                        + " stored stay as they are");
        assertThat(alerts()).isEqualTo("1");
        things.set(keys.get(2), "vin_name", "Renamed");
        things.set(keys.get(3), PRICE, new BigDecimal("999.0000"));
        String born = things.insert(thing(99));
        sync();
        house.syncAll(true);
        assertThat(price(keys.get(2))).isNotNull();
        assertThat(price(born)).isNull();
        assertThat(house.stored(THINGS))
                .allSatisfy((key, row) -> assertThat(row.get(PRICE))
                        .isEqualTo(before.getOrDefault(key, Map.of()).get(PRICE)));
        assertThat(house.stored(THINGS))
                .extractingByKey(keys.get(2))
                .satisfies(row -> assertThat(row).containsEntry("vin_name", "Renamed"));
        assertThat(sync().counts().unchanged()).isTrue();

        things.secure(PRICE, false);
        assertThat(house.discover())
                .containsExactly("crm.vin_things: vin_price may be read again; all rows are asked for anew");
        sync();
        expectEqual(THINGS);
        assertThat(alerts()).isEqualTo("0");
        assertThat(sync().counts().unchanged()).isTrue();
    }

    @Test
    void comparingWithTheSourceFindsNothingWrongInWhatMayNotBeRead() throws SQLException {
        DataverseTable things = things(15, true);
        things.secure(PRICE, false);
        sync();
        things.secure(PRICE, true);
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        sync();
        Verifying.expectWell(
                Verifying.verify(house.engine(), house.settings(), THINGS, false)
                        .found(),
                15);
        Verifying.execute(
                house.jdbcUrl,
                "UPDATE vin_things SET vin_name = 'Forged' WHERE vin_thingid = '"
                        + things.keys(2).get(1) + "'");
        Verifying.verify(house.engine(), house.settings(), THINGS, true);
        assertThat(house.one("SELECT count(vin_price) FROM vin_things WHERE vin_name <> 'Forged'"))
                .isEqualTo("15");
    }

    @Test
    void aColumnThatIsSecuredLaterIsKnownOnceTheDefinitionsAreReadAgain() throws SQLException {
        FakeClock clock = new FakeClock(Instant.now());
        house.setClock(clock);
        DataverseTable things = things(15, false);
        sync();
        clock.advance(Duration.ofMinutes(61));
        things.secure(PRICE, true);
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        sync();
        assertThat(house.one("SELECT count(vin_price) FROM vin_things")).isEqualTo("15");
    }

    @Test
    void aSecuredColumnThatMayBeReadLosesItsValueWithTheRow() throws SQLException {
        DataverseTable things = things(5, true);
        things.secure(PRICE, false);
        sync();
        things.set(things.keys(1).get(0), PRICE, null);
        sync();
        expectEqual(THINGS);
        assertThat(price(things.keys(1).get(0))).isNull();
    }

    @Test
    void whereNobodySaysWhoMayReadWhatTheColumnsAreSyncedAsTheyCome() throws SQLException {
        DataverseTable things = things(5, true);
        house.sandbox.switches().privileges(false);
        things.secure(PRICE, true);
        sync();
        assertThat(house.one("SELECT count(vin_price) FROM vin_things")).isEqualTo("0");
        assertThat(alerts()).isEqualTo("0");
    }
}
