package dev.caravan.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests a source may have under way. */
class ConcurrencyTest {
    @TempDir
    Path folder = Path.of("");

    private Governor governor() {
        return governor(SettingsReader.read(null, folder, folder.resolve("home"), Map.of()));
    }

    private static Governor governor(Settings settings) {
        Clock clock = Clock.systemUTC();
        return new Governor(settings, new Plans(), new Tokens(new Sources(), clock), clock);
    }

    @Test
    void oneMoreOnceAsManyWereAnsweredWellAsMayBeUnderWay() {
        Governor governor = governor();
        for (int i = 0; i < 9; i++) {
            governor.answered("crm");
        }
        assertThat(governor.concurrency("crm")).isEqualTo(10);
        governor.answered("crm");
        assertThat(governor.concurrency("crm")).isEqualTo(11);
    }

    @Test
    void asManyAsTheSourceRecommendsAtOnceButNeverMoreThanFifty() {
        Governor governor = governor();
        governor.answered("crm", 24);
        assertThat(governor.concurrency("crm")).isEqualTo(24);
        governor.answered("crm", 8);
        assertThat(governor.concurrency("crm")).isEqualTo(24);
        governor.answered("crm", 2000);
        assertThat(governor.concurrency("crm")).isEqualTo(50);
        assertThat(governor.concurrency("erp")).isEqualTo(10);
    }

    @Test
    void whatTheSettingsSayIsNotExceededByWhatTheSourceRecommends() throws IOException {
        Path file = Files.writeString(folder.resolve("application.properties"), """
                caravan.connector.crm.type = dataverse
                caravan.connector.crm.url = https://crm.example
                caravan.connector.crm.client-id = a
                caravan.connector.crm.client-secret = b
                caravan.connector.crm.concurrency = 2
                """);
        Governor governor = governor(SettingsReader.read(file, folder, folder.resolve("home"), Map.of()));
        governor.answered("crm", 48);
        assertThat(governor.concurrency("crm")).isEqualTo(2);
        governor.answered("crm", 48);
        assertThat(governor.concurrency("crm")).isEqualTo(3);
    }

    @Test
    void afterARefusalWhatTheSourceRecommendsCountsNoMore() {
        Governor governor = governor();
        governor.answered("crm", 24);
        Exchange refused = new DefaultExchange(new DefaultCamelContext());
        refused.setProperty(
                "request", new SourceRequest(SourceRequest.Kind.METADATA, "dataverse", "crm", "", "", null));
        refused.setProperty(
                Exchange.EXCEPTION_CAUGHT,
                new CaravanException(FaultKind.THROTTLED, "THROTTLED", "crm", Duration.ofMillis(1), null));
        governor.askAgain(refused);
        assertThat(governor.concurrency("crm")).isEqualTo(12);
        governor.answered("crm", 24);
        assertThat(governor.concurrency("crm")).isEqualTo(12);
    }
}
