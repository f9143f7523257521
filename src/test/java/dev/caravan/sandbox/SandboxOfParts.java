package dev.caravan.sandbox;

import dev.caravan.testing.FakeClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox APISmith with five parts, and a clock that a test moves. */
abstract class SandboxOfParts {
    static final SandboxApi PARTS = SandboxApi.of(
                    "parts",
                    "rowversion",
                    SandboxColumn.text("PART_NO", 25).key(),
                    SandboxColumn.number("PRICE", 10, 2).as("price"),
                    SandboxColumn.of("ACTIVE", "BOOLEAN"))
            .describedAs("Parts", "What is sold");

    final ApiSmithSandbox sandbox = ApiSmithSandbox.start(0);

    final Caller caller = new Caller(sandbox);

    final FakeClock clock = new FakeClock(Instant.parse("2025-12-08T12:00:00Z"));

    @BeforeEach
    void publishParts() {
        sandbox.setClock(clock);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            rows.add(SandboxRow.values("PART_NO", "P-" + i, "PRICE", BigDecimal.valueOf(600 - i * 100, 2)));
        }
        sandbox.publish(PARTS, rows);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }
}
