package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.testing.Postgres;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program is killed while it syncs a Dataverse: a table whose changes are tracked, one with a filter, a junction,
 * and accounts that are linked by it. One clean run then makes the target equal to the source: where no first load came to its end
 * before, it goes on with the one that was broken off.
 */
final class DataverseKillIT {
    private static final int KILLS = Proof.LONG ? 50 : 10;
    private static final int LEAST = Proof.LONG ? 3 : 1;
    private static final String FILTERED = "vin_orders";
    private static final String LINKS = "vin_vin_candidate_accountset";

    @TempDir
    Path folder = Path.of("");

    @Test
    void killedRunsLeaveNothingLostAndNothingTwiceInSqlite() throws Exception {
        killAndCompare("jdbc:sqlite:" + folder.resolve("target.db"));
    }

    @Test
    void killedRunsLeaveNothingLostAndNothingTwiceInPostgres() throws Exception {
        killAndCompare(Postgres.freshDatabase());
    }

    private static DataverseHouse prepare(DataverseHouse house) {
        DataverseBusiness.publish(
                house.sandbox, DataverseBusiness.Size.small().withRecords(4000).withAccounts(300, 60));
        house.with("tables", "contacts, accounts, " + FILTERED + ", " + LINKS)
                .with("page-size", "100")
                .with("table." + FILTERED + ".filter", "statecode eq 0")
                .with("table.accounts.only-linked-from", LINKS + ".accountid");
        for (String set : List.of("contacts", "accounts", FILTERED, LINKS)) {
            house.with("table." + set + ".delete-sweep-every", "0s").with("table." + set + ".history", "true");
        }
        return house;
    }

    private void killAndCompare(String url) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Killing.Phase, Integer> kills = new EnumMap<>(Killing.Phase.class);
        try (DataverseHouse house = prepare(new DataverseHouse(url, folder))) {
            Path file = house.write();
            house.discover();
            house.restart();
            Killing killing = new Killing(house, file, random);
            List<Killing.Phase> phases = List.of(Killing.Phase.values());
            int tried = 0;
            for (int killed = 0; killed < KILLS; ) {
                Killing.Phase phase = phases.get(tried++ % phases.size());
                if (killing.in(phase, random.nextBoolean())) {
                    kills.merge(phase, 1, Integer::sum);
                    killed++;
                }
                house.sandbox.edit("contacts", 2, 3, 1);
                house.sandbox.edit(FILTERED, 2, 3, 1);
                house.sandbox.edit(LINKS, 1, 0, 1);
                house.sandbox.edit("accounts", 1, 3, 0);
            }
            house.sandbox.setBeforeAnswer(number -> {});
            Child clean = Child.sync(file);
            String story = "seed " + seed + ", kills " + kills;
            assertThat(clean.end()).as("%s%n%s", story, clean.said()).isZero();
            DataverseLaws.hold(house, story, List.of("contacts", LINKS));
            VersionLaws.holdRecords(house, "contacts", "contactid", story);
            VersionLaws.holdRecords(house, "accounts", "accountid", story);
            DataverseLaws.holdFiltered(house, story, FILTERED, "statecode", "0");
            DataverseLaws.holdLinked(house, story, "accounts", LINKS, "accountid");
            Proof.say((house.isSqlite() ? "SQLite" : "PostgreSQL") + ", Dataverse, kill -9, seed " + seed + ": " + KILLS
                    + " kills in " + tried + " runs: " + kills + "; then one clean run: equal");
        }
        for (Killing.Phase phase : Killing.Phase.aimed()) {
            assertThat(kills.getOrDefault(phase, 0))
                    .as("%s, seed %d", phase, seed)
                    .isGreaterThanOrEqualTo(LEAST);
        }
    }
}
