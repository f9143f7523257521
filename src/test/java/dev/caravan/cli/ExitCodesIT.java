package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.Workshop.Said;
import dev.caravan.model.Owner;
import dev.caravan.route.Stores;
import dev.caravan.sandbox.Faults;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.store.Database;
import dev.caravan.store.LockRepository;
import dev.caravan.store.Uids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each exit code by a pass that ends so, and which one is taken where several hold. */
class ExitCodesIT {
    @TempDir
    Path folder = Path.of("");

    private Workshop shop = new Workshop(Path.of(""), "");

    @BeforeEach
    void open() {
        shop.close();
        shop = new Workshop(folder, "jdbc:sqlite:" + folder.resolve("target.db"))
                .with("caravan.connector.erp.retry-time-budget", "0s")
                .with("caravan.connector.erp.throttle-time-budget", "0s");
        shop.publish("a", "hash", 5).publish("b", "hash", 100).publish("c", "hash", 5);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private int sync(String... more) {
        String[] words = new String[more.length + 1];
        words[0] = "sync";
        System.arraycopy(more, 0, words, 1, more.length);
        Said said = shop.run(words);
        assertThat(said.err()).doesNotContain("Unexpected");
        return said.code();
    }

    private Faults data(String slug) {
        return shop.sandbox.faults().on("/api/v1/data/" + slug + "?");
    }

    private void spoil(String slug) {
        shop.sandbox.table(slug).update(1, SandboxRow.values("AMOUNT", "a lot"));
    }

    private void deleteMostOfB() {
        for (int i = 0; i < 60; i++) {
            shop.sandbox.table("b").delete(0);
        }
    }

    @Test
    void allWellAlsoWithNothingNewIsZero() {
        assertThat(sync()).isZero();
        assertThat(sync()).isZero();
    }

    @Test
    void nothingFinishedIsOneAndSomethingIsThree() {
        shop.sandbox.setFaults(number -> SandboxFault.status(500));
        assertThat(sync()).isEqualTo(1);
        shop.sandbox.faults().clear();
        data("a").always(SandboxFault.status(500));
        assertThat(sync()).isEqualTo(3);
        assertThat(sync("a")).isEqualTo(1);
    }

    @Test
    void aConnectorThatCannotBeAskedIsOneAndSaysSo() {
        shop.sandbox.faults().always(SandboxFault.status(500));
        assertThat(sync()).isEqualTo(1);
        shop.sandbox.faults().clear();
        shop.sandbox.faults().always(SandboxFault.status(403));
        assertThat(sync()).isEqualTo(4);
    }

    @Test
    void newDeadLettersAreThreeUnlessSomethingWorseHolds() {
        spoil("a");
        assertThat(sync()).isEqualTo(3);
        assertThat(sync()).isZero();
    }

    @Test
    void rightsThatAreMissingAreFourWhereNothingElseFailed() {
        data("a").always(SandboxFault.status(403));
        spoil("c");
        assertThat(sync()).isEqualTo(4);
        data("b").always(SandboxFault.status(404));
        assertThat(sync()).isEqualTo(3);
        data("b").always(SandboxFault.status(404));
        data("c").always(SandboxFault.status(404));
        assertThat(sync()).isEqualTo(1);
    }

    @Test
    void throttledIsFiveWhereAllThatIsUnfinishedIsThrottled() {
        shop.with("caravan.workers", "1");
        data("c").always(SandboxFault.status(429, "120"));
        assertThat(sync())
                .as("c is the last, for a refusal holds back all that is asked after it")
                .isEqualTo(5);
        data("b").always(SandboxFault.status(403));
        assertThat(sync()).isEqualTo(4);
        data("a").always(SandboxFault.status(404));
        assertThat(sync()).isEqualTo(1);
    }

    @Test
    void anotherKeyIsSixAlsoWhereOthersFailed() {
        assertThat(sync()).isZero();
        shop.sandbox.table("a").changeKey("NAME");
        assertThat(sync()).isEqualTo(6);
        data("b").always(SandboxFault.status(404));
        assertThat(sync()).isEqualTo(6);
        data("c").always(SandboxFault.status(404));
        assertThat(sync()).isEqualTo(1);
    }

    @Test
    void manyDeletionsAreSevenWhateverElseHoldsButTwoAndEight() {
        assertThat(sync()).isZero();
        deleteMostOfB();
        assertThat(sync()).isEqualTo(7);
        data("a").always(SandboxFault.status(404));
        assertThat(sync()).isEqualTo(7);
        shop.with("caravan.connector.erp.entity.c.map.NAME", "NAME | no_such_function");
        assertThat(sync()).isEqualTo(2);
    }

    /** Another Java machine may read the time at which a process began a little differently. */
    @Test
    void anotherProcessIsEightWhateverElseHolds() {
        assertThat(sync()).isZero();
        deleteMostOfB();
        ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        Instant start = other.info().startInstant().orElse(Instant.EPOCH);
        Owner owner = new Owner(Owner.current().host(), other.pid(), start.plusMillis(900));
        try (Database database = Database.open(shop.database, null, null, 1, false)) {
            String entity = Stores.over(database, Clock.systemUTC())
                    .entities()
                    .find("a")
                    .orElseThrow()
                    .uid();
            new LockRepository(database, Clock.systemUTC(), owner, any -> true).acquire(entity, Uids.next());
        }
        assertThat(sync("--wait", "0s")).isEqualTo(8);
        assertThat(sync("--wait", "1s", "a")).isEqualTo(8);
    }

    @Test
    void wrongUsageAndWrongConfigurationAreTwo() {
        assertThat(sync("nobody")).isEqualTo(2);
        assertThat(sync("--nonsense")).isEqualTo(2);
        shop.with("caravan.connector.erp.evry", "5m");
        assertThat(sync()).isEqualTo(2);
    }

    @Test
    void aDemoThatCannotDeleteTheDatabaseOfAnEarlierOneIsTwoAndSaysWhere() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("caravan-demo.db").resolve("kept"));
        Said said = shop.run("demo");
        assertThat(said.code()).as(said.out() + said.err()).isEqualTo(2);
        assertThat(said.err())
                .contains("caravan-demo.db", "a folder that you may write to")
                .doesNotContain("\tat ");
        assertThat(kept).isDirectory();
    }
}
