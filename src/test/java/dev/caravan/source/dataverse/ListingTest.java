package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.source.dataverse.Listing.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListingTest {
    @ParameterizedTest
    @EnumSource
    void onlyListingsOfAllRowsTellWhatIsGone(Kind kind) {
        boolean all = kind == Kind.ALL || kind == Kind.KEYS || kind == Kind.PRESENT;
        assertThat(new Listing(kind, "accounts", false, false).whole()).isEqualTo(all);
        assertThat(new Listing(kind, "accounts", false, true).whole()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void keysAloneOnlyShowThatRowsAreThere(Kind kind) {
        boolean keys = kind == Kind.KEYS || kind == Kind.PRESENT;
        assertThat(new Listing(kind, "accounts", false, false).onlyKeys()).isEqualTo(keys);
    }

    @Test
    void aCheckpointKeepsItsLinkToTheLetter() {
        String checkpoint = Listing.checkpoint(5000, "https://x/api?$skiptoken=%253ccookie a=\"1\"%2F%253e");
        assertThat(Listing.pageSize(checkpoint)).contains(5000);
        assertThat(Listing.link(checkpoint)).isEqualTo("https://x/api?$skiptoken=%253ccookie a=\"1\"%2F%253e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "all 5000", "some 5000 link", "all 50000 link", "all x link", "all  link"})
    void textOfAnotherFormIsNoCheckpoint(String text) {
        assertThat(Listing.pageSize(text)).isEmpty();
    }
}
