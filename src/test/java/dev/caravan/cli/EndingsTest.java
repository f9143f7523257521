package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.model.RunCounts;
import dev.caravan.route.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingsTest {
    @ParameterizedTest
    @CsvSource({
        "completed,,COMPLETED",
        "held,DELETES_HELD,DELETES_HELD",
        "locked,LOCKED,LOCKED",
        "throttled,THROTTLED,THROTTLED",
        "failed,SOURCE_UNREACHABLE,FAILED",
        "failed,NOT_FOUND,FAILED",
        "failed,TOKEN_REFUSED,DENIED",
        "failed,FORBIDDEN,DENIED",
        "failed,LOGIN_FAILED,DENIED",
        "failed,SCHEMA_STOPPED,SCHEMA_STOPPED",
        "failed,MAPPING_WRONG,MISCONFIGURED",
        "failed,,FAILED"
    })
    void tellsHowARunEnded(String status, @Nullable String code, Ending expected) {
        Outcome outcome = new Outcome("erp.items", status, RunCounts.NONE, 0, Duration.ZERO, 0, code, null);

        assertThat(Endings.of(outcome).ending()).isEqualTo(expected);
    }
}
