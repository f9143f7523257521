package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.EntityOutcome.Ending;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.RunCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    private static List<EntityOutcome> outcomes(String endings) {
        List<EntityOutcome> outcomes = new ArrayList<>();
        for (String ending : endings.isEmpty() ? new String[0] : endings.split(" ", -1)) {
            boolean isBad = ending.equals("BAD_ROWS");
            Ending how = isBad ? Ending.COMPLETED : Ending.valueOf(ending);
            outcomes.add(new EntityOutcome(
                    "erp." + outcomes.size(), how, RunCounts.NONE, isBad ? 1 : 0, Duration.ZERO, 0, null, null));
        }
        return outcomes;
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(nullValues = "-", textBlock = """
                    '',                                   OK
                    COMPLETED,                            OK
                    COMPLETED BAD_ROWS,                   PARTLY
                    COMPLETED FAILED,                     PARTLY
                    COMPLETED CANCELLED,                  PARTLY
                    FAILED,                               NOTHING_FINISHED
                    FAILED CANCELLED,                     NOTHING_FINISHED
                    DENIED,                               DENIED
                    COMPLETED DENIED,                     DENIED
                    BAD_ROWS DENIED,                      DENIED
                    DENIED THROTTLED,                     DENIED
                    DENIED FAILED,                        NOTHING_FINISHED
                    COMPLETED DENIED FAILED,              PARTLY
                    THROTTLED,                            THROTTLED
                    COMPLETED THROTTLED,                  THROTTLED
                    BAD_ROWS THROTTLED,                   THROTTLED
                    COMPLETED THROTTLED FAILED,           PARTLY
                    THROTTLED FAILED,                     NOTHING_FINISHED
                    SCHEMA_STOPPED,                       SCHEMA_CHANGED
                    COMPLETED SCHEMA_STOPPED,             SCHEMA_CHANGED
                    COMPLETED SCHEMA_STOPPED FAILED,      SCHEMA_CHANGED
                    COMPLETED SCHEMA_STOPPED DENIED,      SCHEMA_CHANGED
                    SCHEMA_STOPPED FAILED,                NOTHING_FINISHED
                    DELETES_HELD,                         DELETES_HELD
                    DELETES_HELD SCHEMA_STOPPED FAILED,   DELETES_HELD
                    DELETES_HELD DENIED THROTTLED,        DELETES_HELD
                    MISCONFIGURED,                        CONFIGURATION
                    MISCONFIGURED DELETES_HELD DENIED,    CONFIGURATION
                    LOCKED,                               LOCKED
                    LOCKED MISCONFIGURED DELETES_HELD,    LOCKED
                    COMPLETED LOCKED,                     LOCKED
                    """)
    void settlesWhichCodeHolds(String endings, ExitCode expected) {
        List<EntityOutcome> outcomes = outcomes(endings);
        assertThat(ExitCode.of(outcomes)).isEqualTo(expected);

        Collections.reverse(outcomes);
        assertThat(ExitCode.of(outcomes)).as("whatever the order").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "OK,0",
        "NOTHING_FINISHED,1",
        "CONFIGURATION,2",
        "PARTLY,3",
        "DENIED,4",
        "THROTTLED,5",
        "SCHEMA_CHANGED,6",
        "DELETES_HELD,7",
        "LOCKED,8",
        "INTERRUPTED,130",
        "TERMINATED,143"
    })
    void hasTheNumber(ExitCode code, int number) {
        assertThat(code.number()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIGURATION,X,CONFIGURATION",
        "CONFIGURATION,LOCKED,LOCKED",
        "DENIED,X,DENIED",
        "THROTTLED,X,THROTTLED",
        "TRANSIENT,X,NOTHING_FINISHED",
        "INTERNAL,X,NOTHING_FINISHED",
        "BAD_DATA,X,NOTHING_FINISHED"
    })
    void tellsAFaultByItsKind(FaultKind kind, String code, ExitCode expected) {
        assertThat(ExitCode.of(new CaravanException(kind, code, "x"))).isEqualTo(expected);
    }

    @Test
    void hasNoNumberTwice() {
        assertThat(ExitCode.values()).extracting(ExitCode::number).doesNotHaveDuplicates();
    }
}
