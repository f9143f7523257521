package dev.caravan.source.apismith;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownListingTest {
    private final String one = KnownListing.digest("one".getBytes(StandardCharsets.UTF_8));
    private final String end = KnownListing.digest(new byte[0]);
    private final KnownListing listing =
            new KnownListing("layout", 10, List.of(new KnownListing.Answer(one, 7), new KnownListing.Answer(end, 0)));

    @Test
    void itsTextIsReadBack() {
        assertThat(KnownListing.parse(listing.text())).contains(listing);
    }

    @Test
    void aTextThatIsSomethingElseIsNoListing() {
        assertThat(KnownListing.parse("")).isEmpty();
        assertThat(KnownListing.parse("layout ten")).isEmpty();
        assertThat(KnownListing.parse(listing.text() + "\nmore")).isEmpty();
        assertThat(KnownListing.parse("layout 10\n" + one + " 99999999999")).isEmpty();
    }

    @Test
    void theDigestIsThatOfXxh128() {
        assertThat(end).isEqualTo("99aa06d3014798d86001c324468d497f");
    }

    @Test
    void anAnswerIsKnownOnlyAtItsOwnPlace() {
        assertThat(listing.recordsOf(1, one)).isEqualTo(7);
        assertThat(listing.recordsOf(2, end)).isZero();
        assertThat(listing.recordsOf(2, one)).isEqualTo(-1);
        assertThat(listing.recordsOf(3, end)).isEqualTo(-1);
        assertThat(listing.records()).isEqualTo(7);
    }
}
