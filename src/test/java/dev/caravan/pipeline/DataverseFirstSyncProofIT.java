package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.bench.DataverseFloor;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.dataverse.DataverseBusiness;
import dev.caravan.testing.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a first and a second sync of a whole environment with slow answers stand beside the least that they could take: the
 * requests in the best order, and one thread that does nothing but fetch the same bytes, parse and insert them with the
 * records as they came. The source compresses nothing, for it shares the processors. Numbers of requests are held; times are
 * said.
 */
final class DataverseFirstSyncProofIT {
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final int LARGEST_PAGE = 5000;
    private static final int MOST_AT_ONCE = 50;
    /** {@code $metadata}, the definitions of all tables, those of their columns. */
    private static final int BEFORE_THE_FIRST_PAGE = 3;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aWholeEnvironmentIsBroughtBesideTheLeastThatItCouldTake() throws Exception {
        try (DataverseHouse house = new DataverseHouse("jdbc:sqlite:" + folder.resolve("target.db"), folder)) {
            DataverseBusiness.publish(
                    house.sandbox,
                    Proof.LONG
                            ? DataverseBusiness.Size.full()
                            : DataverseBusiness.Size.small().withRecords(4000));
            house.with("tables", "*").with("page-size", Integer.toString(LARGEST_PAGE));
            house.set("caravan.workers", "23");
            JsonNode floor = new ObjectMapper()
                    .readTree(DataverseFloor.run(house.sandbox.url(), "jdbc:sqlite:" + folder.resolve("floor.db")));
            int pages = floor.path("requests").asInt();
            double forTheBytes = floor.path("seconds").asDouble();
            house.leaveOutTheGate();
            house.engine();
            house.sandbox.switches().latency(LATENCY).gzip(false);
            house.sandbox.forgetRequests();
            long began = System.nanoTime();
            expectCompleted(house.syncAll(false));
            double first = seconds(began);
            int data = dataRequests(house);
            house.sandbox.forgetRequests();
            began = System.nanoTime();
            expectCompleted(house.syncAll(false));
            double second = seconds(began);

            int chain = BEFORE_THE_FIRST_PAGE
                    + Math.max(floor.path("longest").asInt(), (pages + MOST_AT_ONCE - 1) / MOST_AT_ONCE);
            double inOrder = chain * LATENCY.toMillis() / 1000.0;
            double bound = Math.max(inOrder, forTheBytes);
            Proof.say(String.format(
                    Locale.ROOT,
                    "23 tables, %d MB, 200 ms an answer: first sync %.1f s with %d data requests for %d pages; the bound is"
                            + " %.1f s (%.1f s of requests in the best order, %.1f s for the bytes): %.2f times;"
                            + " second sync %.1f s with %d data requests",
                    floor.path("bytes").asLong() >> 20,
                    first,
                    data,
                    pages,
                    bound,
                    inOrder,
                    forTheBytes,
                    first / bound,
                    second,
                    dataRequests(house)));
            assertThat(dataRequests(house)).isLessThanOrEqualTo(23);
            if (!Proof.LONG) {
                assertThat(data)
                        .as("pages, and for tables of several what they may have missed")
                        .isLessThanOrEqualTo(3 * pages);
            }
            if (Proof.LONG) {
                assertThat(data)
                        .as("pages that there is room for, not the same ones again and again")
                        .isLessThanOrEqualTo(5 * pages);
            }
            for (String set : house.sandbox.entitySets()) {
                assertThat(house.one("SELECT count(*) FROM \"" + set + "\""))
                        .as(set)
                        .isEqualTo(Integer.toString(house.sandbox.table(set).size()));
            }
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void expectCompleted(Map<String, Outcome> outcomes) {
        assertThat(outcomes).hasSize(23);
        assertThat(outcomes.values())
                .allSatisfy(outcome -> assertThat(outcome.status())
                        .as(outcome.entity() + " " + outcome.message())
                        .isEqualTo("completed"));
    }

    private static int dataRequests(DataverseHouse house) {
        return house.sandbox.entitySets().stream()
                .mapToInt(set -> house.sandbox.requestsOf(set).size())
                .sum();
    }
}
