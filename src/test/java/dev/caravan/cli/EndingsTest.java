package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.RunCounts;
import dev.caravan.route.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingsTest {
    @ParameterizedTest
    @CsvSource({
        "completed,,,COMPLETED",
        "held,CONFIGURATION,DELETES_HELD,DELETES_HELD",
        "locked,CONFIGURATION,LOCKED,LOCKED",
        "throttled,THROTTLED,THROTTLED,THROTTLED",
        "failed,TRANSIENT,SOURCE_UNREACHABLE,FAILED",
        "failed,CONFIGURATION,NOT_FOUND,FAILED",
        "failed,DENIED,TOKEN_REFUSED,DENIED",
        "failed,DENIED,FORBIDDEN,DENIED",
        "failed,DENIED,DATABASE_LOGIN,DENIED",
        "failed,CONFIGURATION,SCHEMA_STOPPED,SCHEMA_STOPPED",
        "failed,CONFIGURATION,MAPPING_WRONG,MISCONFIGURED",
        "failed,CONFIGURATION,TABLE_NOT_OURS,MISCONFIGURED",
        "failed,CONFIGURATION,STRATEGY_IMPOSSIBLE,MISCONFIGURED",
        "failed,CONFIGURATION,LINK_WRONG,MISCONFIGURED",
        "failed,CONFIGURATION,ENTITIES_FILE,MISCONFIGURED",
        "failed,CONFIGURATION,FIELD_RESERVED,MISCONFIGURED",
        "failed,INTERNAL,UNEXPECTED,FAILED",
        "failed,,,FAILED"
    })
    void tellsHowARunEnded(String status, @Nullable FaultKind kind, @Nullable String code, Ending expected) {
        Outcome outcome = new Outcome("erp.items", status, RunCounts.NONE, 0, Duration.ZERO, 0, kind, code, null);

        assertThat(Endings.of(outcome).ending()).isEqualTo(expected);
    }
}
