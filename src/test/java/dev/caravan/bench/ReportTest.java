package dev.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private final StringWriter said = new StringWriter();

    private void print(boolean json) {
        Report report = new Report(new PrintWriter(said), json);
        report.begin(new BenchOptions(1000, 10, 2, "", false, false, Path.of("routes"), json, false));
        report.add(new Report.Case("SQLite, first load", 1.5, 2, 1.8, 120, true, "1.2 / 1.0"));
        report.add(new Report.Case("SQLite, delta of 10", 0, 0, 0.25, 0, false, "1 s"));
        report.tooSlow(1000, 120_000);
        report.end();
    }

    @Test
    void isATableForPeople() {
        print(false);
        assertThat(said.toString())
                .startsWith("1,000 rows of 12 columns, 2 round(s)")
                .containsPattern("SQLite, first load +1.50 +2.00 +1.80 +1.20 +0.90 +120 +1.2 / 1.0")
                .containsPattern("SQLite, delta of 10 +- +- +0.25 +- +- +- +1 s")
                .contains("no ratios: the floor made 1,000 rows/s, below 120,000");
    }

    @Test
    void isOneDocumentForPrograms() throws JsonProcessingException {
        print(true);
        JsonNode document = new ObjectMapper().readTree(said.toString());
        assertThat(document.path("rows").asInt()).isEqualTo(1000);
        assertThat(document.path("cases").path(0).path("times_floor").asDouble())
                .isEqualTo(1.2);
        assertThat(document.path("cases").path(1).path("floor_seconds").isNull())
                .isTrue();
        assertThat(document.path("cases").path(1).path("caravan_seconds").asDouble())
                .isEqualTo(0.25);
    }
}
