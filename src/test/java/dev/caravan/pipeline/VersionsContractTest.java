package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.RunCounts;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.store.DeadLetterRepository;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of the rows of APISmith, whatever brings the rows and whatever takes them away. */
abstract class VersionsContractTest extends VersionsHouseContract {
    @ParameterizedTest
    @ValueSource(strings = {"hash", "rowversion", "full"})
    void aRowThatIsInsertedChangedDeletedAndRevivedHasAVersionForEachTimeItWasThere(String strategy)
            throws SQLException {
        house.with("caravan.connector.erp.entity.things.full-pass-every", "0s").things(35, strategy);
        sync();
        assertThat(versions()).isEqualTo(35);
        things().update(1, SandboxRow.values("NAME", "Renamed"));
        sync();
        things().delete(1);
        sync();
        things().insert(House.thing(2));
        sync();
        sync();
        assertThat(versions("T-2")).isEqualTo("Thing 2 01-02, Renamed 02-03, Thing 2 04-");
        assertThat(versions("T-3")).isEqualTo("Thing 3 01-");
        assertThat(versions()).isEqualTo(37);
    }

    @Test
    void manyRowsAtOnceAreLoadedChangedAndDeletedTheSameWay() throws SQLException {
        house.with("caravan.connector.erp.page-size", "1000")
                .with("caravan.max-delete-rows", "5000")
                .things(1500, "hash");
        sync();
        assertThat(versions()).isEqualTo(1500);
        house.sandbox.edit("things", 0, 700, 300);
        clock.advance(Duration.ofMinutes(1));
        RunCounts counts = house.sync().counts();
        VersionLaws.hold(house, "things", "\"ID\"", "many edits");
        assertThat(counts.deleted()).isEqualTo(300);
        assertThat(counts.updated()).isGreaterThan(400);
        assertThat(house.one("SELECT count(*) FROM things_history WHERE valid_to IS NULL"))
                .isEqualTo("1200");
        assertThat(house.one("SELECT count(*) FROM things_history WHERE valid_to IS NOT NULL"))
                .isEqualTo(Long.toString(counts.updated() + counts.deleted()));
    }

    @Test
    void aRowThatOneOfItsPageRefusesIsWrittenAloneWithItsVersionAndARetriedLetterTheSame() throws SQLException {
        house.things(12, "hash");
        things().update(4, SandboxRow.values("AMOUNT", "not a number"));
        house.sync();
        VersionLaws.hold(house, "things", "\"ID\"", "a sync with a dead letter");
        assertThat(versions()).isEqualTo(11);
        DeadLetterRepository letters = house.engine().stores().deadLetters();
        DeadLetterRepository.Stored letter = letters.latest((String) null, 1).get(0);
        letters.edit(letter.uid(), letter.letter().raw().replace("not a number", "5.25"));
        assertThat(house.retry().counts().inserted()).isEqualTo(1);
        VersionLaws.hold(house, "things", "\"ID\"", "a retry");
        assertThat(versions()).isEqualTo(12);
        things().update(4, SandboxRow.values("AMOUNT", "5.25"));
        sync();
        assertThat(versions()).isEqualTo(12);
    }

    @Test
    void whatTheDatabaseRefusesLeavesNoVersionAndTheRestOfItsPageHasThem() throws SQLException {
        house.things(12, "hash");
        house.sync();
        house.execute(
                house.isSqlite()
                        ? "CREATE TRIGGER no_bad BEFORE UPDATE ON things WHEN new.\"NAME\" = 'bad' BEGIN SELECT"
                                + " RAISE(ABORT, 'CHECK constraint failed: bad'); END"
                        : "ALTER TABLE things ADD CHECK (\"NAME\" <> 'bad')");
        things().update(3, SandboxRow.values("NAME", "bad"));
        things().update(5, SandboxRow.values("NAME", "good"));
        clock.advance(Duration.ofMinutes(1));
        house.sync();
        VersionLaws.hold(house, "things", "\"ID\"", "a refused row");
        assertThat(versions()).isEqualTo(13);
        assertThat(versions("T-4")).startsWith("Thing 4").endsWith("-");
    }

    @Test
    void childrenThatWereReleasedByTheirParentsHaveVersions() throws SQLException {
        house.with("caravan.connector.erp.entity.lines.history", "true")
                .with("caravan.connector.erp.entity.orders.history", "true");
        Kinsfolk kin = new Kinsfolk(house).publish("hash");
        kin.order(1);
        kin.sync("orders");
        kin.line(1, 1);
        kin.line(2, 1);
        kin.sync("lines");
        VersionLaws.hold(house, "lines", "\"ORDER_NO\", \"LINE_NO\"", "one waits");
        kin.order(2);
        kin.sync("orders");
        assertThat(kin.stored("lines", "PART")).isEqualTo("P-1-1,P-2-1");
        VersionLaws.hold(house, "lines", "\"ORDER_NO\", \"LINE_NO\"", "a release");
        VersionLaws.hold(house, "orders", "\"ORDER_NO\"", "a release");
        assertThat(house.one("SELECT count(*) FROM lines_history")).isEqualTo("2");
    }

    @Test
    void fieldsThatNoColumnExplainsAreInVersionsToo() throws SQLException {
        house.things(12, "hash");
        sync();
        Map<String, @Nullable Object> odd = House.thing(13);
        odd.put("SURPRISE", "kept");
        things().insert(odd);
        clock.advance(Duration.ofMinutes(1));
        house.sync();
        VersionLaws.hold(house, "things", "\"ID\"", "a surprise");
        assertThat(house.one("SELECT _bridge_extra FROM things_history WHERE valid_to IS NULL AND \"ID\" = 'T-13'"))
                .isEqualTo("{\"SURPRISE\":\"kept\"}");
    }

    @Test
    void aKeyThatComesTwiceInAFirstLoadHasOneVersion() throws SQLException {
        house.with("caravan.connector.erp.order-by", "off").things(45, "hash");
        AtomicInteger moved = new AtomicInteger();
        house.sandbox.setBeforeAnswer(number -> {
            if (number == 3 && moved.getAndIncrement() == 0) {
                things().insertAt(0, House.thing(99));
            }
        });
        assertThat(house.sync().status()).isEqualTo("completed");
        house.sandbox.setBeforeAnswer(number -> {});
        assertThat(moved.get()).isPositive();
        sync();
        assertThat(versions()).isEqualTo(46);
    }
}
