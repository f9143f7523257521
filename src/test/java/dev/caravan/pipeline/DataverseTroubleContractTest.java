package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.Faults;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseSandbox;
import dev.caravan.sandbox.dataverse.DataverseTable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between Dataverse and its tables, and what is made of it, on each database. */
abstract class DataverseTroubleContractTest extends DataverseThingsContract {
    @Test
    void aTokenThatEndsInTheMiddleIsRenewedOnceAndTheSameLinkAskedAgain() throws SQLException {
        things(35, true);
        house.sandbox.after(THINGS, 2, house.sandbox::revokeTokens);
        sync();

        assertThat(house.sandbox.logins()).isEqualTo(2);
        expectEqual(THINGS);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410})
    void anExpiredLinkStartsAFullPassThatFindsDeletions(int status) throws SQLException {
        DataverseTable things = things(25, true);
        house.sandbox.switches().expiredStatus(status);
        sync();
        things.delete(things.keys(3).get(2));
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        house.sandbox.expireDeltaLinks();

        Outcome outcome = sync();
        assertThat(outcome.counts().deleted()).isEqualTo(1);
        expectEqual(THINGS);
        assertThat(sync().requests()).isEqualTo(1);
    }

    @Test
    void noAnswerToALinkIsNoChange() throws SQLException {
        DataverseTable things = things(5, true);
        sync();
        house.sandbox.switches().bareNoChanges(true);
        assertThat(sync().counts().unchanged()).isTrue();
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        sync();
        expectEqual(THINGS);
    }

    @Test
    void withoutALinkTheNextRunGoesByVersions() throws SQLException {
        DataverseTable things = things(25, true);
        house.sandbox.switches().deltaLinks(false);
        sync();
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        assertThat(sync().counts().updated()).isEqualTo(1);
        expectEqual(THINGS);
    }

    @Test
    void anOrderThatIsRefusedIsNotAskedFor() throws SQLException {
        DataverseTable things = things(25, false);
        things.refuseOrder(true);
        sync();
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        sync();
        expectEqual(THINGS);
    }

    @Test
    void aPrivilegeLostIsNoMassDeletion() throws SQLException {
        DataverseTable things = things(25, true);
        sync();
        things.deny(true);
        Outcome outcome = house.sync(THINGS);
        assertThat(outcome.status()).isEqualTo("failed");
        assertThat(outcome.code()).isEqualTo("FORBIDDEN");
        things.deny(false);
        assertThat(sync().counts().unchanged()).isTrue();
        expectEqual(THINGS);
    }

    @Test
    void anEmptyListingWaitsForAPersonsWord() throws SQLException {
        DataverseTable things = things(5, false);
        house.with("table." + THINGS + ".delete-sweep-every", "0s");
        sync();
        things.keys(5).forEach(things::delete);

        Outcome outcome = house.sync(THINGS);
        assertThat(outcome.status()).isEqualTo("held");
        assertThat(house.stored(THINGS)).hasSize(5);
    }

    @Test
    void aRunThatDiedGoesOnAtItsLastPage() throws SQLException {
        things(95, true);
        house.with("retry-time-budget", "0s");
        house.sandbox.faults().on(DataverseSandbox.DATA + THINGS).at(6, SandboxFault.of(SandboxFault.Kind.BROKEN));
        Outcome broken = house.sync(THINGS);
        assertThat(broken.status()).isEqualTo("failed");
        assertThat(broken.counts().inserted()).isEqualTo(50);
        house.sandbox.forgetRequests();

        Outcome rest = sync();
        assertThat(rest.counts().inserted()).isEqualTo(45);
        assertThat(house.sandbox.requestsOf(THINGS).stream()
                        .filter(request -> request.target().contains("?$skiptoken")))
                .hasSize(5);
        expectEqual(THINGS);
    }

    @Test
    void faultsOnTheWayLoseAndDoubleNothing() throws SQLException {
        things(45, true);
        Faults faults = house.sandbox.faults().on(DataverseSandbox.DATA + THINGS);
        house.with("data-timeout", "5s");
        faults.at(1, SandboxFault.of(SandboxFault.Kind.TRUNCATED));
        faults.at(2, DataverseFaults.throttled(Duration.ofSeconds(1)));
        faults.at(3, DataverseFaults.unavailable(Duration.ofSeconds(1)));
        faults.at(4, DataverseFaults.throttledUntil(Instant.now().plusSeconds(1)));
        sync();
        expectEqual(THINGS);
    }

    @Test
    void whateverComesInsteadOfAPageTheNextRunEndsEqual() throws SQLException {
        DataverseTable things = things(25, true);
        house.with("retry-time-budget", "0s").with("data-timeout", "1s");
        sync();
        List<SandboxFault> answers = List.of(
                SandboxFault.of(SandboxFault.Kind.HTML),
                SandboxFault.of(SandboxFault.Kind.REDIRECT),
                SandboxFault.of(SandboxFault.Kind.LOST),
                SandboxFault.of(SandboxFault.Kind.BROKEN),
                SandboxFault.of(SandboxFault.Kind.TRUNCATED),
                SandboxFault.hang(Duration.ofSeconds(3)),
                DataverseFaults.bomb(200L << 20),
                DataverseFaults.status(404));
        for (SandboxFault fault : answers) {
            things.keys(15).forEach(key -> things.set(key, "vin_name", "At " + fault));
            things.delete(things.keys(2).get(1));
            things.insert(thing(70));
            house.sandbox.faults().on(DataverseSandbox.DATA + THINGS).byNumber(number -> number == 2 ? fault : null);
            house.sync(THINGS);
            house.sandbox.faults().clear();
            sync();
            expectEqual(THINGS);
        }
    }

    @Test
    void whereTrackingNeedsMoreRightsThanThereAreTheRunSaysSoAndMarksNothing() throws SQLException {
        DataverseTable things = things(25, true);
        sync();
        things.denyTracking(true);
        things.set(things.keys(1).get(0), "vin_name", "Renamed");
        Outcome refused = house.sync(THINGS);
        assertThat(refused.status()).isEqualTo("failed");
        assertThat(refused.code()).isEqualTo("FORBIDDEN");
        house.with("table." + THINGS + ".strategy", "version");
        sync();
        expectEqual(THINGS);
    }

    @Test
    void endlessPagesAndForeignLinksEndTheRun() throws SQLException {
        things(45, true);
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + THINGS)
                .next(1, DataverseFaults.linksElsewhere("http://127.0.0.2:9"));
        assertThat(house.sync(THINGS).code()).isEqualTo("LINK_FOREIGN");
        house.sandbox
                .faults()
                .on(DataverseSandbox.DATA + THINGS)
                .next(1, DataverseFaults.samePage(house.sandbox.url()));
        assertThat(house.sync(THINGS).code()).isEqualTo("LISTING_ENDLESS");
        sync();
        expectEqual(THINGS);
    }

    @Test
    void aFailedRunLosesNoCursor() throws SQLException {
        for (String strategy : List.of("track", "version", "modified")) {
            open();
            DataverseTable things = things(15, true);
            house.with("table." + THINGS + ".strategy", strategy).with("retry-time-budget", "0s");
            sync();
            String before = cursors();
            house.sandbox.faults().on(DataverseSandbox.DATA + THINGS).next(1, DataverseFaults.status(500));
            assertThat(house.sync(THINGS).status()).isEqualTo("failed");
            assertThat(cursors()).as(strategy).isEqualTo(before);
            things.set(things.keys(1).get(0), "vin_name", "Renamed");
            assertThat(sync().counts().updated()).as(strategy).isEqualTo(1);
            expectEqual(THINGS);
        }
    }

    private @Nullable String cursors() throws SQLException {
        return house.one("SELECT max(cursor_value) || count(*) FROM " + house.own("sync_cursors"));
    }
}
