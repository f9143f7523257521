package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.cli.Terminal.Said;
import dev.caravan.delta.Verdict;
import dev.caravan.model.RunCounts;
import dev.caravan.route.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyVerbTest {
    @TempDir
    Path folder = Path.of("");

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
        terminal.configure(Terminal.ERP);
    }

    private void found(Ending ending, @Nullable VerifyReport report) {
        EntityOutcome outcome =
                new EntityOutcome("erp.items", ending, RunCounts.NONE, 0, Duration.ofSeconds(1), 3, null, null);
        terminal.operations.verified = List.of(new VerifyOutcome(outcome, report));
    }

    private static VerifyReport report(
            Map<Verdict, Long> verdicts, long extra, long twice, boolean repaired, long held) {
        return new VerifyReport(
                "erp.items",
                10,
                9,
                0,
                verdicts,
                extra,
                twice,
                List.of(new VerifyReport.Dangling("_x_value", "xs,ys", 1)),
                List.of(new VerifyReport.Sample("missing", "items[A]")),
                List.of("cost", "price"),
                repaired,
                held);
    }

    @Test
    void endsWithThreeWhileSomethingIsLeftWrong() {
        found(Ending.COMPLETED, report(Map.of(Verdict.SAME, 9L, Verdict.MISSING, 1L), 0, 0, false, 0));
        Said wrong = terminal.run("verify");
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.out())
                .contains("erp.items: missing  items[A]", "1 row whose _x_value leads to no row of xs or ys")
                .contains("erp.items: cost, price not compared, as it may not be read (column security)")
                .contains("1 entity: 10 rows compared, 1 wrong; 'caravan verify --repair' mends them");

        found(Ending.COMPLETED, report(Map.of(Verdict.SAME, 9L, Verdict.MISSING, 1L), 0, 0, true, 0));
        assertThat(terminal.run("verify", "--repair").code()).isZero();
        found(Ending.COMPLETED, report(Map.of(Verdict.SAME, 9L, Verdict.WAITING, 1L), 0, 0, false, 0));
        assertThat(terminal.run("verify").code()).isZero();
        found(Ending.COMPLETED, report(Map.of(Verdict.SAME, 10L), 0, 2, true, 0));
        assertThat(terminal.run("verify", "--repair").code()).isEqualTo(3);
        found(Ending.DELETES_HELD, report(Map.of(Verdict.SAME, 10L), 60, 0, true, 60));
        assertThat(terminal.run("verify", "--repair").code()).isEqualTo(7);
        found(Ending.FAILED, null);
        assertThat(terminal.run("verify").code()).isEqualTo(1);
    }

    @Test
    void keysAloneMendNothing() {
        assertThat(terminal.run("verify", "--keys", "--repair").code()).isEqualTo(2);
        assertThat(terminal.operations.calls).isEmpty();
    }

    @Test
    void tellsProgramsTheSame() {
        found(Ending.COMPLETED, report(Map.of(Verdict.SAME, 9L, Verdict.MISSING, 1L), 0, 0, false, 0));
        Said said = terminal.run("verify", "--json", "items");
        assertThat(said.out())
                .contains(
                        "\"exit_code\" : 3", "\"missing\" : 1", "\"column\" : \"_x_value\"", "\"row\" : \"items[A]\"");
        assertThat(terminal.operations.calls).contains("verify [items]");
    }
}
