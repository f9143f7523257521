package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.RequestLog;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that go while a load of several pages is under way, after their page was read. */
abstract class DataverseLoadsContractTest extends DataverseHouseContract {
    private static final String THINGS = "vin_things";

    private DataverseTable things(boolean tracked) {
        List<Map<String, @Nullable Object>> rows =
                new ArrayList<>(Collections.nCopies(35, Map.<String, @Nullable Object>of("vin_name", "A thing")));
        house.with("tables", THINGS);
        return house.sandbox.publish(
                TableDescription.of("vin_thing", THINGS, "vin_name", List.of(DataverseColumn.text("vin_name", 100)))
                        .withUsualColumns()
                        .withChangeTracking(tracked),
                rows);
    }

    private void expectEqual() throws SQLException {
        assertThat(house.stored(THINGS)).isEqualTo(house.source(THINGS));
    }

    private List<RequestLog.Entry> listingsOfKeys() {
        return house.sandbox.requestsOf(THINGS).stream()
                .filter(request -> request.target().contains("$select=vin_thingid"))
                .toList();
    }

    @Test
    void aTrackedRowThatGoesAfterItsPageWasReadIsMarkedAtTheEndOfTheLoad() throws SQLException {
        DataverseTable things = things(true);
        String first = things.keys(1).get(0);
        house.sandbox.before(THINGS, 3, () -> things.delete(first));
        Outcome load = house.sync(THINGS);
        assertThat(load.status()).as(load.message()).isEqualTo("completed");
        assertThat(load.counts().inserted()).isEqualTo(35);
        assertThat(load.counts().deleted()).isEqualTo(1);
        expectEqual();
        assertThat(house.one("SELECT count(*) FROM " + THINGS + " WHERE _deleted_at IS NOT NULL"))
                .isEqualTo("1");

        house.sandbox.forgetRequests();
        assertThat(house.sync(THINGS).counts().unchanged()).isTrue();
        assertThat(house.sandbox.requestsOf(THINGS)).hasSize(1);
    }

    @Test
    void aLoadThatIsResumedFindsWhatWentMeanwhile() throws SQLException {
        DataverseTable things = things(false);
        String first = things.keys(1).get(0);
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + THINGS)
                .byNumber(number -> number == 3 ? DataverseFaults.status(403) : null);
        assertThat(house.sync(THINGS).status()).isEqualTo("failed");
        house.sandbox.faults().clear();
        things.delete(first);
        Outcome resumed = house.sync(THINGS);
        assertThat(resumed.status()).as(resumed.message()).isEqualTo("completed");
        assertThat(resumed.counts().inserted()).isEqualTo(15);
        assertThat(resumed.counts().deleted()).isEqualTo(1);
        expectEqual();
    }

    @Test
    void aFirstLoadThatBeginsAnewFindsWhatWentMeanwhile() throws SQLException {
        DataverseTable things = things(false);
        String first = things.keys(1).get(0);
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + THINGS)
                .byNumber(number -> number == 3 ? DataverseFaults.status(403) : null);
        assertThat(house.sync(THINGS).status()).isEqualTo("failed");
        house.sandbox.faults().clear();
        things.delete(first);
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + THINGS)
                .byNumber(number -> number == 1 ? DataverseFaults.status(400) : null);
        Outcome anew = house.sync(THINGS);
        assertThat(anew.status()).as(anew.message()).isEqualTo("completed");
        assertThat(anew.counts().deleted()).isEqualTo(1);
        assertThat(listingsOfKeys())
                .allSatisfy(request -> assertThat(request.target()).contains("$filter"));
        expectEqual();
    }

    @Test
    void keysAreNotListedOnceMoreWhereNothingCanHaveBeenMissed() throws SQLException {
        things(false);
        house.sync(THINGS);
        assertThat(listingsOfKeys()).isEmpty();
        expectEqual();
    }

    @Test
    void nothingIsMarkedWhereDeletionsAreNotWanted() throws SQLException {
        DataverseTable things = things(true);
        house.with("table." + THINGS + ".deletes", "off");
        String first = things.keys(1).get(0);
        house.sandbox.before(THINGS, 3, () -> things.delete(first));
        assertThat(house.sync(THINGS).counts().deleted()).isZero();
        assertThat(listingsOfKeys()).isEmpty();
        assertThat(house.one("SELECT count(*) FROM " + THINGS + " WHERE _deleted_at IS NULL"))
                .isEqualTo("35");
    }
}
