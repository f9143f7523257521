package dev.caravan.source.apismith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    static Stream<Checkpoint> checkpoints() {
        return Stream.of(
                new Checkpoint(true, null, 1, 1000),
                new Checkpoint(false, "20251208120000", 7, 500),
                new Checkpoint(false, "\"quoted\" \\ \u00fc", Integer.MAX_VALUE, 1));
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void readsWhatItWrote(Checkpoint checkpoint) {
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "{}",
                "{\"full\":true,\"page\":0,\"page_size\":1000}",
                "{\"full\":true,\"page\":1,\"page_size\":0}",
                "{\"full\":true,\"page\":1}",
                "{\"page\":1,\"page_size\":1000}",
                "{\"full\":\"yes\",\"page\":1,\"page_size\":1000}",
                "{\"full\":true,\"page\":99999999999,\"page_size\":1000}",
                "{\"full\":true,"
            })
    void refusesWhatItDidNotWrite(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text))
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo("STATE_REFUSED"));
    }

    @Test
    void isWhereTheListingStands() {
        Listing listing = Listing.first("items", false, "v1", 4, 50, false);
        assertThat(Checkpoint.of(listing)).isEqualTo(new Checkpoint(false, "v1", 4, 50));
    }
}
