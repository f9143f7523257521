package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delta.Verdict;
import dev.caravan.route.SyncOptions;
import dev.caravan.route.Verify;
import dev.caravan.route.VerifyReport;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.testing.FakeClock;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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
    void aColumnThatIsSecuredLaterIsKnownByTheNextSync() throws SQLException {
        DataverseTable things = things(15, false);
        house.with("page-size", "100");
        sync();
        things.secure(PRICE, true);
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        house.sandbox.forgetRequests();
        sync();
        assertThat(prices()).isEqualTo("15");
        assertThat(house.one("SELECT count(*) FROM vin_things WHERE vin_name = 'Renamed'"))
                .isEqualTo("1");
        assertThat(definitionRequests()).isEqualTo(1);
        assertThat(house.sandbox.requestsOf(THINGS)).hasSize(1);
    }

    @Test
    void aRunThatDoesNotReadTheSchemaLooksAtWhatMayBeReadOnceAMinute() throws SQLException {
        FakeClock clock = new FakeClock(Instant.now());
        house.setClock(clock);
        DataverseTable things = things(15, false);
        house.with("page-size", "100");
        sync();
        things.secure(PRICE, true);
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        clock.advance(Duration.ofSeconds(61));
        house.sandbox.forgetRequests();
        syncAsItIsKnown();
        syncAsItIsKnown();
        assertThat(prices()).isEqualTo("15");
        assertThat(alerts()).isEqualTo("1");
        assertThat(house.one("SELECT count(*) FROM vin_things WHERE vin_name = 'Renamed'"))
                .isEqualTo("1");
        assertThat(definitionRequests()).isEqualTo(1);
        assertThat(house.sandbox.requestsOf(THINGS)).hasSize(2);
    }

    @Test
    void runsGoOnWithWhatWasKnownWhereTheDefinitionsCannotBeAskedForNow() throws SQLException {
        FakeClock clock = new FakeClock(Instant.now());
        house.setClock(clock);
        DataverseTable things = things(5, false);
        house.with("retry-time-budget", "0s");
        sync();
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        clock.advance(Duration.ofSeconds(61));
        house.sandbox.forgetRequests();
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + "EntityDefinitions")
                .always(SandboxFault.of(SandboxFault.Kind.BROKEN));
        syncAsItIsKnown();
        syncAsItIsKnown();
        assertThat(house.one("SELECT count(*) FROM vin_things WHERE vin_name = 'Renamed'"))
                .isEqualTo("1");
        assertThat(definitionRequests()).as("asked once for both").isEqualTo(1);
        house.sandbox.faults().on(DataverseSandbox.DATA + "EntityDefinitions").clear();
        things.secure(PRICE, true);
        clock.advance(Duration.ofSeconds(61));
        syncAsItIsKnown();
        assertThat(prices()).isEqualTo("5");
        assertThat(alerts()).isEqualTo("1");
    }

    @Test
    void whereTheDefinitionsMayNotBeReadARunDoesNotAskForThem() {
        FakeClock clock = new FakeClock(Instant.now());
        house.setClock(clock);
        things(5, false);
        house.sandbox.switches().definitions(false);
        sync();
        clock.advance(Duration.ofSeconds(61));
        house.sandbox.forgetRequests();
        syncAsItIsKnown();
        assertThat(definitionRequests()).isZero();
        sync();
        assertThat(definitionRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void comparingAndRepairingLeaveAloneWhatWasSecuredSinceTheSchemaWasRead(boolean repair) throws SQLException {
        FakeClock clock = new FakeClock(Instant.now());
        house.setClock(clock);
        DataverseTable things = things(15, true);
        sync();
        things.secure(PRICE, true);
        Verifying.execute(
                house.jdbcUrl,
                "UPDATE vin_things SET vin_name = 'Forged' WHERE vin_thingid = '"
                        + things.keys(2).get(1) + "'");
        clock.advance(Duration.ofSeconds(61));
        AtomicReference<@Nullable VerifyReport> told = new AtomicReference<>();
        VerifyReport report = Verifying.verify(
                        house.engine(), new Verify("crm." + THINGS, repair, false, told::set), told::get)
                .found();
        assertThat(report.unreadable()).containsExactly(PRICE);
        assertThat(report.verdicts()).isEqualTo(Map.of(Verdict.SAME, 14L, Verdict.DIFFERENT, 1L));
        assertThat(prices()).isEqualTo("15");
        assertThat(house.one("SELECT count(*) FROM vin_things WHERE vin_name = 'Forged'"))
                .isEqualTo(repair ? "0" : "1");
        assertThat(Verifying.verify(house.engine(), house.settings(), THINGS, false)
                        .found()
                        .count(Verdict.SAME))
                .isEqualTo(repair ? 15 : 14);
    }

    private String prices() throws SQLException {
        return String.valueOf(house.one("SELECT count(vin_price) FROM vin_things"));
    }

    private long definitionRequests() {
        return house.sandbox.log().entries().stream()
                .filter(request -> request.target().contains("/EntityDefinitions"))
                .count();
    }

    /** As a schedule does it: without reading the schema before. */
    private void syncAsItIsKnown() {
        assertThat(house.engine()
                        .sync(
                                house.engine().entities(),
                                new SyncOptions(false, "schedule", Duration.ofSeconds(1)),
                                outcome -> {}))
                .allSatisfy(outcome ->
                        assertThat(outcome.status()).as(outcome.message()).isEqualTo("completed"));
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
