package dev.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.Page;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LanesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Lanes lanes = new Lanes(100);

    private interface Wait {
        void run() throws Exception;
    }

    @BeforeEach
    void threeRuns() throws InterruptedException {
        for (int i = 1; i <= 3; i++) {
            lanes.open(i);
            lanes.begin("run" + i);
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private CompletableFuture<Void> later(Wait wait) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        wait.run();
                    } catch (Exception broken) {
                        throw new IllegalStateException(broken);
                    }
                },
                threads);
    }

    private static Page page(String run, long bytes) {
        return new Page(run, 1, List.of(), List.of(), 0, bytes, 0, "", null);
    }

    private static void waits(CompletableFuture<Void> one) {
        await().during(java.time.Duration.ofMillis(100)).until(() -> !one.isDone());
    }

    @Test
    void whoFindsNoRoomWaitsUntilAnotherGivesItsRoomBack() throws Exception {
        lanes.expect("run1", 60);
        lanes.expect("run2", 40);
        CompletableFuture<Void> third = later(() -> lanes.expect("run3", 40));
        waits(third);
        lanes.forgo("run2");
        await().until(third::isDone);
    }

    @Test
    void whoWaitsFirstIsServedFirstThoughLessWouldFit() throws Exception {
        lanes.expect("run1", 60);
        CompletableFuture<Void> large = later(() -> lanes.expect("run2", 80));
        waits(large);
        CompletableFuture<Void> small = later(() -> lanes.expect("run3", 10));
        waits(small);
        lanes.forgo("run1");
        await().until(() -> large.isDone() && small.isDone());
    }

    @Test
    void anAnswerLargerThanAllThereIsComesAlone() throws Exception {
        lanes.expect("run1", 10);
        CompletableFuture<Void> large = later(() -> lanes.expect("run2", 500));
        waits(large);
        lanes.end("run1");
        await().until(large::isDone);
    }

    @Test
    void answersThatGrowBeyondWhatThereIsDoNotWaitForEachOther() throws Exception {
        lanes.expect("run1", 50);
        lanes.expect("run2", 50);
        lanes.grow("run1", 80);
        CompletableFuture<Void> second = later(() -> lanes.grow("run2", 80));
        waits(second);
        lanes.fetched(page("run1", 80));
        waits(second);
        lanes.end("run1");
        await().until(second::isDone);
    }

    @Test
    void answersAreAskedForWhileOthersTakeAllTheRoomAndReadWhenThereIsSome() throws Exception {
        lanes.ask("run1", 100);
        lanes.expect("run1", 100);
        lanes.ask("run2", 60);
        CompletableFuture<Void> third = later(() -> lanes.ask("run3", 60));
        waits(third);
        CompletableFuture<Void> second = later(() -> lanes.expect("run2", 60));
        waits(second);
        waits(third);
        lanes.forgo("run1");
        await().until(() -> second.isDone() && third.isDone());
    }

    @Test
    void anAnswerThatDoesNotComeLeavesItsTurnToTheNext() throws Exception {
        lanes.ask("run1", 80);
        CompletableFuture<Void> second = later(() -> lanes.ask("run2", 80));
        waits(second);
        lanes.forgo("run1");
        await().until(second::isDone);
    }

    @Test
    void lanesAreClosedOnlyWhileNothingTravelsOnThemAndThenNoRunBegins() {
        assertThat(lanes.close()).isFalse();
        List.of("run1", "run2", "run3").forEach(lanes::end);
        assertThat(lanes.close()).isTrue();
        assertThatThrownBy(() -> lanes.begin("run4")).isInstanceOf(CaravanException.class);
    }

    @Test
    void aRunThatHoldsNothingTakesNoShareFromThoseThatDo() throws Exception {
        lanes.fetched(page("run1", 90));
        assertThat(later(() -> lanes.reserve(request("run1")))).succeedsWithin(java.time.Duration.ofSeconds(30));
        lanes.fetched(page("run2", 5));
        waits(later(() -> lanes.reserve(request("run1"))));
        assertThat(later(() -> lanes.reserve(request("run2")))).succeedsWithin(java.time.Duration.ofSeconds(30));
    }

    private static SourceRequest request(String run) {
        return new SourceRequest(SourceRequest.Kind.PAGE, "dataverse", "crm", run, null, null);
    }

    @Test
    void pagesThatWaitAreOfNoMoreUseOnceTheirRunIsBrokenOff() {
        DefaultExchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new PageBatch("run1", "sql", List.of(page("run1", 10))));
        exchange.setVariable("run", "run1");
        assertThat(lanes.isWanted(exchange)).isTrue();
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("the database is away"));
        lanes.breakOff(exchange);
        assertThat(lanes.isWanted(exchange)).isFalse();
        lanes.end("run1");
        assertThat(lanes.isWanted(exchange)).isFalse();
    }
}
