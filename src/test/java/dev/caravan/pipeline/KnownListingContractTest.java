package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Answers that are byte for byte those of the last listing are passed over, and nothing is lost by it. That a row was not
 * read shows by its hash, which the test spoils behind Caravan's back: a row that is read is written once more then.
 */
abstract class KnownListingContractTest extends HouseContract {
    private static final String SPOIL = "UPDATE things SET _bridge_hash = 'spoilt' WHERE \"ID\" = 'T-15'";
    private static final String SPOILT = "SELECT count(*) FROM things WHERE _bridge_hash = 'spoilt'";

    private void expectEqual(Outcome outcome, int inserted, int updated, int skipped) throws SQLException {
        assertThat(outcome.status()).isEqualTo("completed");
        assertThat(house.stored()).isEqualTo(house.source());
        assertThat(outcome.counts().inserted()).isEqualTo(inserted);
        assertThat(outcome.counts().updated()).isEqualTo(updated);
        assertThat(outcome.counts().skipped()).isEqualTo(skipped);
        assertThat(outcome.counts().fetched()).isEqualTo(inserted + updated + skipped);
        assertThat(outcome.counts().repeated()).isZero();
    }

    private @Nullable String kept() throws SQLException {
        return house.one("SELECT count(*) FROM " + house.own("sync_cursors")
                + " WHERE cursor_type = 'LISTING' AND cursor_value IS NOT NULL");
    }

    @Test
    void aListingThatIsAsItWasIsNotReadAndTheNextOneNeither() throws SQLException {
        house.things(35, "hash");
        house.sync();
        house.execute(SPOIL);
        expectEqual(house.sync(), 0, 0, 35);
        expectEqual(house.sync(), 0, 0, 35);
        assertThat(house.one(SPOILT)).isEqualTo("1");
        Outcome outcome = house.sync();
        assertThat(outcome.requests()).isEqualTo(5);
    }

    @Test
    void aSyncOfEverythingReadsThemAll() throws SQLException {
        house.things(35, "hash");
        house.sync();
        house.execute(SPOIL);
        expectEqual(house.sync(true), 0, 1, 34);
        assertThat(house.one(SPOILT)).isEqualTo("0");
        house.execute(SPOIL);
        expectEqual(house.sync(), 0, 0, 35);
    }

    @Test
    void aChangedRowOnALaterPageArrivesAndEachRecordCountsOnce() throws SQLException {
        house.things(35, "hash");
        house.sync();
        house.sandbox.table("things").update(33, SandboxRow.values("NAME", "Renamed"));
        expectEqual(house.sync(), 0, 1, 34);
        house.execute(SPOIL);
        expectEqual(house.sync(), 0, 0, 35);
        assertThat(house.one(SPOILT)).isEqualTo("1");
    }

    @Test
    void aValueThatGoesAndComesBackArrivesBothTimes() throws SQLException {
        house.things(35, "hash");
        house.sync();
        SandboxTable things = house.sandbox.table("things");
        things.setVersion(20, "20250101000000");
        house.sync();
        String before = String.valueOf(things.row(20).values().get("NAME"));
        things.update(20, SandboxRow.values("NAME", "Between"));
        things.setVersion(20, "20250101000000");
        expectEqual(house.sync(), 0, 1, 34);
        things.update(20, SandboxRow.values("NAME", before));
        things.setVersion(20, "20250101000000");
        expectEqual(house.sync(), 0, 1, 34);
    }

    @Test
    void rowsThatComeAndGoOnAnyPageAreSeen() throws SQLException {
        house.things(35, "hash");
        house.sync();
        SandboxTable things = house.sandbox.table("things");
        things.delete(34);
        Outcome less = house.sync();
        expectEqual(less, 0, 0, 34);
        assertThat(less.counts().deleted()).isEqualTo(1);
        things.insert(House.thing(70));
        expectEqual(house.sync(), 1, 0, 34);
        things.delete(0);
        things.insert(House.thing(71));
        Outcome both = house.sync();
        expectEqual(both, 1, 0, 34);
        assertThat(both.counts().deleted()).isEqualTo(1);
        things.move(2, 30);
        expectEqual(house.sync(), 0, 0, 35);
    }

    @Test
    void aRowThatIsTakenOutOfTheTableComesBack() throws SQLException {
        house.things(35, "hash");
        house.sync();
        house.execute("DELETE FROM things WHERE \"ID\" = 'T-30'");
        expectEqual(house.sync(), 1, 0, 34);
        house.execute("DELETE FROM things");
        expectEqual(house.sync(), 35, 0, 0);
    }

    @Test
    void anotherMappingMakesOtherRowsOfTheSameAnswers() throws SQLException {
        house.things(25, "hash");
        house.sync();
        house.restart();
        house.with("caravan.connector.erp.entity.things.map.NAME", "NAME | uppercase");
        Outcome outcome = house.sync();
        assertThat(outcome.counts().updated()).isEqualTo(25);
        assertThat(house.one("SELECT \"NAME\" FROM things WHERE \"ID\" = 'T-7'"))
                .isEqualTo("THING 7");
    }

    @Test
    void nothingIsKeptWhileARecordIsRefused() throws SQLException {
        house.things(35, "hash");
        house.sandbox.table("things").update(12, SandboxRow.values("AMOUNT", "not a number"));
        house.sync();
        assertThat(kept()).isEqualTo("0");
        assertThat(house.sync().counts().failed()).isEqualTo(1);
        house.sandbox.table("things").update(12, SandboxRow.values("AMOUNT", "1.5"));
        house.sync();
        assertThat(kept()).isEqualTo("1");
        house.sandbox.table("things").update(30, SandboxRow.values("AMOUNT", "nor this"));
        assertThat(house.sync().counts().failed()).isEqualTo(1);
        assertThat(kept()).isEqualTo("0");
        assertThat(house.sync().counts().failed()).isEqualTo(1);
    }

    @Test
    void aRunThatBreaksOffAmidKnownAnswersChangesNothing() throws SQLException {
        house.things(35, "hash");
        house.sync();
        house.with("caravan.connector.erp.retry-time-budget", "1s");
        house.restart();
        house.sandbox.setFaults(number -> number >= 3 ? SandboxFault.status(500) : null);
        assertThat(house.sync().status()).isEqualTo("failed");
        house.sandbox.setFaults(number -> null);
        expectEqual(house.sync(), 0, 0, 35);
        house.sandbox.table("things").update(34, SandboxRow.values("NAME", "Later"));
        expectEqual(house.sync(), 0, 1, 34);
    }

    @Test
    void aSmallerPageIsReadAnew() throws SQLException {
        house.things(35, "hash");
        house.sync();
        house.with("caravan.connector.erp.page-size", "7");
        house.restart();
        house.execute(SPOIL);
        expectEqual(house.sync(), 0, 1, 34);
        house.execute(SPOIL);
        expectEqual(house.sync(), 0, 0, 35);
    }
}
