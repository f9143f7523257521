package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.testing.Postgres;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is killed while a run is under way, again and again, in every phase; one clean run then makes the target
 * equal to the source. After each kill the versions of rows are as the rows are.
 *
 * <p>The process is the packaged program. It is brought to a phase from outside: the source lets a request wait, the
 * database holds a transaction up.
 */
final class KillIT {
    private static final int KILLS = Proof.LONG ? 50 : 10;
    private static final int LEAST = Proof.LONG ? 3 : 1;
    private static final int ROWS = 1200;

    @TempDir
    Path folder = Path.of("");

    @Test
    void killedRunsLeaveNothingLostAndNothingTwiceInSqlite() throws Exception {
        killAndCompare("jdbc:sqlite:" + folder.resolve("target.db"), true);
    }

    @Test
    void killedRunsLeaveNothingLostAndNothingTwiceInPostgres() throws Exception {
        killAndCompare(Postgres.freshDatabase(), true);
    }

    @Test
    @Tag("proof")
    void killedRunsWithoutHistoryLeaveNothingLostAndNothingTwiceInSqlite() throws Exception {
        killAndCompare("jdbc:sqlite:" + folder.resolve("target.db"), false);
    }

    @Test
    @Tag("proof")
    void killedRunsWithoutHistoryLeaveNothingLostAndNothingTwiceInPostgres() throws Exception {
        killAndCompare(Postgres.freshDatabase(), false);
    }

    private void killAndCompare(String url, boolean history) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Killing.Phase, Integer> kills = new EnumMap<>(Killing.Phase.class);
        try (House house = new House(url, folder)) {
            house.with("caravan.connector.erp.page-size", "100")
                    .with("caravan.connector.erp.entity.things.history", Boolean.toString(history))
                    .things(ROWS, "auto");
            Path file = house.write();
            house.discover();
            house.restart();
            Killing killing = new Killing(house, file, random);
            List<Killing.Phase> phases = List.of(Killing.Phase.values());
            int tried = 0;
            for (int killed = 0; killed < KILLS; ) {
                Killing.Phase phase = phases.get(tried++ % phases.size());
                boolean full = random.nextBoolean();
                if (killing.in(phase, full)) {
                    kills.merge(phase, 1, Integer::sum);
                    killed++;
                    if (killed == KILLS / 2) {
                        Child whole = Child.sync(file, "--full");
                        assertThat(whole.end()).as(whole.said()).isZero();
                    }
                    if (history && isLoaded(house)) {
                        VersionLaws.hold(house, "things", "\"ID\"", "a kill in " + phase);
                    }
                }
                house.sandbox.edit("things", 2, 3, 1);
            }
            house.sandbox.setBeforeAnswer(number -> {});
            Child clean = Child.sync(file, "--full");
            String story = "seed " + seed + ", kills " + kills;
            assertThat(clean.end()).as("%s%n%s", story, clean.said()).isZero();
            Laws.hold(house, story);
            if (history) {
                VersionLaws.hold(house, "things", "\"ID\"", story);
            }
            Proof.say((history ? "with history, " : "") + (house.isSqlite() ? "SQLite" : "PostgreSQL")
                    + ", kill -9, seed " + seed + ": " + KILLS
                    + " kills in " + tried + " runs: " + kills + "; " + interrupted(house)
                    + " runs closed as interrupted; then one clean run: equal");
        }
        for (Killing.Phase phase : Killing.Phase.aimed()) {
            assertThat(kills.getOrDefault(phase, 0))
                    .as("%s, seed %d", phase, seed)
                    .isGreaterThanOrEqualTo(LEAST);
        }
    }

    /** Until a first load has ended, a page that is read again leaves its rows twice, as rows and as versions. */
    private static boolean isLoaded(House house) throws SQLException {
        return "0"
                .equals(house.one(
                        "SELECT count(*) FROM " + house.own("entities") + " WHERE slug = 'things' AND first_load"));
    }

    private static @Nullable String interrupted(House house) throws SQLException {
        return house.one("SELECT count(*) FROM " + house.own("sync_runs") + " WHERE error_code = 'INTERRUPTED'");
    }
}
