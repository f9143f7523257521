package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PiecesTest {
    private static final Columns COLUMNS = new Columns(
            List.of(new Column("accountid", "Edm.Guid", ColumnType.of(ColumnType.Kind.UUID), false, true)),
            List.of("accountid"));
    private final DataverseRequests requests = new DataverseRequests("accounts", COLUMNS, Optional.empty(), List.of());

    private static GuidSet ids(int count) {
        return GuidSet.of(
                IntStream.range(0, count).mapToObj(n -> new UUID(0, n)).toList());
    }

    private static int named(String request) {
        return request.split("-0000-0000-0000-", -1).length - 1;
    }

    @Test
    void namesEachIdOnceWithinBothBounds() {
        Pieces pieces = new Pieces(requests, ids(1000), false);
        int all = 0;
        for (String request = pieces.next(false); request != null; request = pieces.next(false)) {
            assertThat(named(request)).isLessThanOrEqualTo(DataverseRequests.MOST_CONDITIONS);
            assertThat(request.length()).isLessThanOrEqualTo(30_000);
            all += named(request);
        }
        assertThat(all).isEqualTo(1000);
    }

    @Test
    void askedAgainTheSameIdsAreNamedTheOtherWay() {
        Pieces pieces = new Pieces(requests, ids(3), false);
        String function = Objects.requireNonNull(pieces.next(true));
        String chain = Objects.requireNonNull(pieces.again(false));
        assertThat(function).contains("CRM.In(");
        assertThat(chain).contains("%20or%20").doesNotContain("CRM.In(");
        assertThat(named(chain)).isEqualTo(named(function)).isEqualTo(3);
        assertThat(pieces.next(false)).isNull();
    }

    @Test
    void keysAloneAreAskedForWhereThatIsWanted() {
        assertThat(new Pieces(requests, ids(2), true).next(true)).startsWith("accounts?$select=accountid&");
    }

    @Test
    void ofNoIdsThereIsNoRequest() {
        assertThat(new Pieces(requests, ids(0), false).next(true)).isNull();
    }
}
