package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.EntityRecord;
import dev.caravan.route.Outcome;
import dev.caravan.route.SyncOptions;
import dev.caravan.sandbox.RequestLog;
import dev.caravan.sandbox.dataverse.ColumnKind;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.ServiceLimits;
import dev.caravan.sandbox.dataverse.TableDescription;
import dev.caravan.testing.FakeClock;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is asked of a Dataverse, and how it is asked when it limits: counted at the source. */
final class DataverseProofIT {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    @TempDir
    Path folder = Path.of("");

    private DataverseHouse house = new DataverseHouse("", Path.of(""));

    @BeforeEach
    void open() {
        house.close();
        house = new DataverseHouse("jdbc:sqlite:" + folder.resolve("target.db"), folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void publish(String name, int rows, boolean tracked) {
        List<Map<String, @Nullable Object>> values =
                new ArrayList<>(Collections.nCopies(rows, Map.<String, @Nullable Object>of("vin_name", "A thing")));
        house.sandbox.publish(
                TableDescription.of(
                                name,
                                name + "s",
                                "vin_name",
                                List.of(
                                        DataverseColumn.text("vin_name", 100),
                                        DataverseColumn.of("vin_number", ColumnKind.INTEGER)))
                        .withUsualColumns()
                        .withChangeTracking(tracked),
                values);
    }

    @Test
    void fiftyTablesKeepJustBelowTheLimitOfTheService() throws SQLException {
        int limit = 60;
        int pages = Proof.LONG ? 20 : 4;
        for (int i = 0; i < 50; i++) {
            publish("vin_t" + i, pages * 10 - 5, false);
        }
        house.with("tables", "vin_t*").with("throttle-time-budget", "10m");
        house.set("caravan.workers", "50");
        house.discover();
        house.restart();
        List<EntityRecord> tables = house.engine().stores().entities().all();
        house.sandbox.setClock(Clock.offset(Clock.systemUTC(), WINDOW.multipliedBy(100)));
        house.sandbox.forgetRequests();
        house.sandbox.switches().limits(ServiceLimits.defaults().withRequests(limit, WINDOW));
        house.sandbox.switches().latency(Duration.ofMillis(20));
        List<Outcome> outcomes =
                house.engine().sync(tables, new SyncOptions(false, "cli", Duration.ofSeconds(1)), outcome -> {});

        assertThat(outcomes).hasSize(50);
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.status())
                        .as(outcome.entity() + " " + outcome.message())
                        .isEqualTo("completed"));
        List<RequestLog.Entry> asked = house.sandbox.log().entries();
        Instant met = asked.get(limit).time();
        List<Instant> later = asked.stream()
                .map(RequestLog.Entry::time)
                .filter(time -> time.isAfter(met.plus(WINDOW).plusSeconds(1)))
                .toList();
        int refused = Integer.parseInt(
                String.valueOf(house.one("SELECT sum(throttled_count) FROM " + house.own("sync_runs"))));
        List<Integer> windows = windows(later);
        int most = windows.get(windows.size() - 1);
        double used = windows.get(windows.size() / 2) / (double) limit;
        Proof.say("50 tables, limit of " + limit + " requests in 5 s: " + asked.size() + " requests, " + refused
                + " refused; once the limit was met at most " + most + " in any 5 s, and " + Math.round(used * 100)
                + " % of the limit in the median");
        // A request may be on its way while the one before it meets the limit.
        assertThat(most).isLessThanOrEqualTo(limit + 2);
        assertThat(refused).isLessThanOrEqualTo(50);
        assertThat(used).isGreaterThan(0.8);
    }

    /** How many requests there were in each window that ends with one of them, refused ones too, in order of number. */
    private static List<Integer> windows(List<Instant> times) {
        List<Integer> numbers = new ArrayList<>();
        int oldest = 0;
        for (int newest = 0; newest < times.size(); newest++) {
            while (!times.get(oldest).plus(WINDOW).isAfter(times.get(newest))) {
                oldest++;
            }
            if (oldest > 0) {
                numbers.add(newest - oldest + 1);
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    @Test
    void halfAnHourOfRefusalsEndsThrottledAndTheNextRunGoesOnWhereItStopped() {
        publish("vin_thing", 95, false);
        FakeClock clock = new FakeClock(Instant.now().plus(Duration.ofDays(1)));
        house.with("tables", "vin_things").with("throttle-time-budget", "30m");
        house.setClock(clock);
        house.sandbox.faults().on(DataverseSandbox.DATA + "vin_things").byNumber(number -> {
            if (number < 4) {
                return null;
            }
            clock.advance(Duration.ofMinutes(1));
            return DataverseFaults.throttled(Duration.ZERO);
        });
        Outcome stormed = house.sync("vin_things");
        assertThat(stormed.status()).isEqualTo("throttled");
        assertThat(stormed.counts().inserted()).isEqualTo(30);
        assertThat(stormed.requests()).isBetween(30L, 36L);

        house.sandbox.faults().clear();
        house.sandbox.forgetRequests();
        Outcome next = house.sync("vin_things");
        assertThat(next.status()).as(next.message()).isEqualTo("completed");
        assertThat(next.counts().inserted()).isEqualTo(65);
        List<RequestLog.Entry> asked = house.sandbox.requestsOf("vin_things").stream()
                .filter(request -> !request.target().contains("$select=vin_thingid"))
                .toList();
        assertThat(asked)
                .as("the rest; the versions of the keys tell that nothing changed since the load began")
                .hasSize(7)
                .allSatisfy(request -> assertThat(request.target()).doesNotContain("versionnumber"));
    }

    @Test
    void aSecondSyncWithoutChangesAsksOnceATable() {
        DataverseBusiness.publish(house.sandbox, DataverseBusiness.Size.small());
        house.with("tables", "*").with("page-size", "5000");
        house.set("caravan.workers", "23");
        house.syncAll(false);
        house.sandbox.forgetRequests();
        house.sandbox.switches().latency(Duration.ofMillis(200));
        long began = System.nanoTime();
        Map<String, Outcome> second = house.syncAll(false);
        long took = Duration.ofNanos(System.nanoTime() - began).toMillis();

        assertThat(second).hasSize(23);
        for (String set : house.sandbox.entitySets()) {
            assertThat(house.sandbox.requestsOf(set)).as(set).hasSizeLessThanOrEqualTo(1);
        }
        assertThat(second.values())
                .allSatisfy(outcome -> assertThat(outcome.counts().unchanged())
                        .as(outcome.entity())
                        .isTrue());
        assertThat(house.sandbox.metadataRequests()).isEqualTo(1);
        Proof.say("second sync of 23 tables at 200 ms an answer: "
                + house.sandbox.log().count() + " requests, " + took + " ms with discovery");
    }

    @Test
    void ofAllAccountsOnlyTheLinkedOnesAreFetched() throws SQLException {
        int accounts = Proof.LONG ? 1_600_000 : 20_000;
        int linked = accounts / 100;
        DataverseBusiness.publish(
                house.sandbox, DataverseBusiness.Size.small().withRecords(100).withAccounts(accounts, linked));
        String links = "vin_vin_candidate_accountset";
        house.with("tables", "accounts, " + links)
                .with("page-size", "5000")
                .with("table.accounts.only-linked-from", links + ".accountid");
        Map<String, Outcome> first = house.syncAll(false);
        int requests = house.sandbox.requestsOf("accounts").size();

        assertThat(first.values())
                .allSatisfy(outcome -> assertThat(outcome.status()).isEqualTo("completed"));
        assertThat(house.one("SELECT count(*) FROM accounts")).isEqualTo(Integer.toString(linked));
        assertThat(house.one(
                        "SELECT count(*) FROM accounts WHERE accountid NOT IN (SELECT accountid FROM " + links + ")"))
                .isEqualTo("0");
        assertThat(requests).isLessThanOrEqualTo((linked + 399) / 400 + 1);
        house.sandbox.forgetRequests();
        house.syncAll(false);
        int again = house.sandbox.requestsOf("accounts").size();
        Proof.say(accounts + " accounts, " + linked + " linked: " + requests + " requests for accounts, " + again
                + " in the next run");
        assertThat(again).isLessThanOrEqualTo(1);
    }
}
