package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DataverseRequestsTest {
    private static final Columns COLUMNS = new Columns(
            List.of(
                    new Column("accountid", "Edm.Guid", ColumnType.of(ColumnType.Kind.UUID), false, true),
                    new Column("name", "Edm.String", ColumnType.text(0), true, false)),
            List.of("accountid"));

    private static DataverseRequests requests(String filter) {
        return new DataverseRequests(
                "accounts", COLUMNS, filter.isEmpty() ? Optional.empty() : Optional.of(filter), List.of());
    }

    @Test
    void asksForAllRowsWithoutAnOrder() {
        assertThat(requests("").all()).isEqualTo("accounts");
        assertThat(requests("statecode eq 0").all()).isEqualTo("accounts?$filter=statecode%20eq%200");
    }

    @Test
    void asksForChangesInAnOrderOrWithout() {
        assertThat(requests("").above(7, true))
                .isEqualTo("accounts?$filter=versionnumber%20gt%207&$orderby=versionnumber%20asc");
        assertThat(requests("").above(7, false)).isEqualTo("accounts?$filter=versionnumber%20gt%207");
        assertThat(requests("a or b").since("2024-06-12T14:13:25Z", true))
                .isEqualTo("accounts?$filter=(a%20or%20b)%20and%20modifiedon%20ge%202024-06-12T14:13:25Z"
                        + "&$orderby=modifiedon%20asc,accountid%20asc");
    }

    @Test
    void namesTheColumnsThatAreAskedFor() {
        assertThat(new DataverseRequests("accounts", COLUMNS, Optional.empty(), List.of("accountid", "name")).all())
                .isEqualTo("accounts?$select=accountid,name");
        assertThat(requests("").keys()).isEqualTo("accounts?$select=accountid");
        assertThat(requests("").keysAndVersions()).isEqualTo("accounts?$select=accountid,versionnumber");
    }

    @Test
    void neverLetsAPlusSignOrAQuoteBecomeSomethingElse() {
        assertThat(requests("name eq 'O''Brian + Söhne & 100%'").all())
                .isEqualTo("accounts?$filter=name%20eq%20'O''Brian%20%2B%20S%C3%B6hne%20%26%20100%25'");
    }

    @Test
    void asksForRowsByTheirKeysEitherWay() {
        List<String> keys = List.of("1", "2");
        assertThat(requests("").rows(keys, false))
                .isEqualTo("accounts?$filter=(accountid%20eq%201%20or%20accountid%20eq%202)");
        assertThat(requests("").rows(keys, true))
                .isEqualTo("accounts?$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)"
                        + "&@p1='accountid'&@p2=%5B%221%22,%222%22%5D");
        assertThat(requests("x eq 1").present(List.of("1")))
                .isEqualTo("accounts?$select=accountid&$filter=(x%20eq%201)%20and%20(accountid%20eq%201)");
    }

    @Test
    void staysWithinBothBoundsOfARequest() {
        List<String> keys = IntStream.range(0, 1001)
                .mapToObj(i -> new UUID(i, i).toString())
                .toList();
        List<List<String>> pieces = requests("").pieces(keys);

        assertThat(pieces.stream().mapToInt(List::size).sum()).isEqualTo(1001);
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece.size()).isLessThanOrEqualTo(DataverseRequests.MOST_CONDITIONS);
            assertThat(requests("").rows(piece, false).length()).isLessThanOrEqualTo(DataverseRequests.LONGEST);
            assertThat(requests("").rows(piece, true).length()).isLessThanOrEqualTo(DataverseRequests.LONGEST);
        });
        assertThat(requests("").pieces(List.of())).isEmpty();
    }
}
