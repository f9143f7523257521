package dev.caravan.source.apismith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

class ApiSmithPagingTest {
    private static final Columns COLUMNS = new Columns(
            List.of(new Column("ID", "", ColumnType.of(ColumnType.Kind.INTEGER), false, true)), List.of("ID"));

    private static Listing first(boolean versions) {
        return Listing.first("items", true, null, 1, 2, versions);
    }

    /** A page of rows with these numbers, each its own version. */
    private static ApiSmithPage page(int total, int... ids) {
        StringJoiner rows = new StringJoiner(",", "{\"total\":" + total + ",\"rows\":[", "]}");
        for (int id : ids) {
            rows.add("{\"row_version\":\"v" + id + "\",\"data\":{\"ID\":" + id + "}}");
        }
        return new ApiSmithPageReader("items", COLUMNS).read(rows.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void asksByPathAndQuery() {
        assertThat(ApiSmithPaging.path(first(false), List.of())).isEqualTo("/api/v1/data/items?page=1&page_size=2");
        assertThat(ApiSmithPaging.path(first(false), List.of("A", "B C")))
                .isEqualTo("/api/v1/data/items?page=1&page_size=2&order_by=A%2CB+C");
    }

    @Test
    void encodesWhateverTheNamesAndVersionsHold() {
        Listing listing = Listing.first("a b/../\u00fc?x=1&y", false, "2025-12-08 +01:00&z=%", 3, 10, false);
        assertThat(ApiSmithPaging.path(listing, List.of()))
                .isEqualTo("/api/v1/data/a%20b%2F..%2F%C3%BC%3Fx%3D1%26y?page=3&page_size=10"
                        + "&rowversion_gt=2025-12-08+%2B01%3A00%26z%3D%25");
    }

    @Test
    void looksARowUpByItsKey() {
        Map<String, String> key = new LinkedHashMap<>();
        key.put("PART NO", "A&B=1");
        key.put("SITE", "\u00fc");
        assertThat(ApiSmithPaging.lookUp("items", key))
                .isEqualTo("/api/v1/data/items?page=1&page_size=10&PART+NO=A%26B%3D1&SITE=%C3%BC");
    }

    @Test
    void goesFromPageToPageUntilOneIsEmpty() {
        ApiSmithPage one = page(3, 1, 2);
        ApiSmithPage two = page(3, 3);
        Listing afterOne = ApiSmithPaging.after(first(false), one, null);
        Listing afterTwo = ApiSmithPaging.after(afterOne, two, one);
        Listing end = ApiSmithPaging.after(afterTwo, page(3), two);
        assertThat(afterOne.page()).isEqualTo(2);
        assertThat(afterOne.rows()).isEqualTo(2);
        assertThat(afterOne.dataPages()).isEqualTo(1);
        assertThat(afterOne.highest()).isEqualTo("v2");
        assertThat(afterOne.highestAtStart()).isEqualTo("v2");
        assertThat(end.rows()).isEqualTo(3);
        assertThat(end.dataPages()).isEqualTo(2);
        assertThat(end.sequence()).isEqualTo(3);
        assertThat(end.highest()).isEqualTo("v3");
        assertThat(end.highestAtStart()).isEqualTo("v2");
        assertThat(end.versioned()).isTrue();
        assertThat(end.shaken()).isFalse();
        assertThat(end.total()).isEqualTo(3);
    }

    @Test
    void theSamePageAgainEndsTheRun() {
        ApiSmithPage one = page(9, 1, 2);
        Listing after = ApiSmithPaging.after(first(false), one, null);
        assertThatThrownBy(() -> ApiSmithPaging.after(after, page(9, 1, 2), one))
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo("ENDLESS_PAGING"))
                .hasMessageContaining("page 2");
    }

    @Test
    void theSameRowsAgainEndTheRunWhateverElseTheAnswerSays() {
        ApiSmithPage one = page(9, 1, 2);
        Listing after = ApiSmithPaging.after(first(false), one, null);
        assertThatThrownBy(() -> ApiSmithPaging.after(after, page(10, 1, 2), one))
                .isInstanceOf(CaravanException.class);
    }

    @Test
    void aRowThatMovedToTheNextPageShakesTheListing() {
        ApiSmithPage one = page(4, 1, 2);
        Listing after = ApiSmithPaging.after(first(false), one, null);
        assertThat(ApiSmithPaging.after(after, page(4, 2, 3), one).shaken()).isTrue();
        assertThat(ApiSmithPaging.after(after, page(4, 3, 4), one).shaken()).isFalse();
    }

    @Test
    void aListingThatShrinksIsShaken() {
        ApiSmithPage one = page(4, 1, 2);
        Listing after = ApiSmithPaging.after(first(false), one, null);
        assertThat(ApiSmithPaging.after(after, page(3, 3), one).shaken()).isTrue();
        assertThat(ApiSmithPaging.after(after, page(4), one).shaken()).isTrue();
        Listing delta = ApiSmithPaging.after(Listing.first("items", false, "v0", 1, 2, false), one, null);
        assertThat(ApiSmithPaging.after(delta, page(4), one).shaken()).isFalse();
    }

    @Test
    void aTableThatWasEmptyFromTheStartIsAnEnd() {
        Listing end = ApiSmithPaging.after(first(true), page(0), null);
        assertThat(end.shaken()).isFalse();
        assertThat(end.dataPages()).isZero();
        assertThat(end.highest()).isNull();
    }

    @Test
    void looksAtTheLastPageFirstWhereVersionsMatter() {
        Listing asked = ApiSmithPaging.after(first(true), page(5, 1, 2), null);
        assertThat(asked.newest()).isEqualTo(Listing.Newest.ASKED);
        assertThat(asked.looksAhead()).isTrue();
        assertThat(asked.page()).isEqualTo(3);
        Listing known = ApiSmithPaging.after(asked, page(5, 5), null);
        assertThat(known.newest()).isEqualTo(Listing.Newest.KNOWN);
        assertThat(known.looksAhead()).isTrue();
        assertThat(known.page()).isEqualTo(1);
        assertThat(known.rows()).isZero();
        assertThat(known.highestAtStart()).isEqualTo("v5");
        Listing begun = ApiSmithPaging.after(known, page(6, 6, 7), null);
        assertThat(begun.looksAhead()).isFalse();
        assertThat(begun.highestAtStart()).isEqualTo("v5");
        assertThat(begun.highest()).isEqualTo("v7");
        assertThat(begun.page()).isEqualTo(2);
    }

    @Test
    void aSinglePageNeedsNoLookAhead() {
        assertThat(ApiSmithPaging.after(first(true), page(2, 1, 2), null).looksAhead())
                .isFalse();
        assertThat(ApiSmithPaging.after(first(true), page(1, 1), null).looksAhead())
                .isFalse();
        assertThat(ApiSmithPaging.after(first(false), page(9, 1, 2), null).looksAhead())
                .isFalse();
    }

    @Test
    void anotherRoundBeginsAtItsFirstPage() {
        Listing after = ApiSmithPaging.after(first(true), page(1, 1), null);
        Listing again = after.again(false, "v1");
        assertThat(again.round()).isEqualTo(1);
        assertThat(again.page()).isEqualTo(1);
        assertThat(again.above()).isEqualTo("v1");
        assertThat(again.full()).isFalse();
        assertThat(again.sequence()).isEqualTo(after.sequence());
        assertThat(again.newest()).isEqualTo(Listing.Newest.UNKNOWN);
        assertThat(first(false).again(true, null).newest()).isEqualTo(Listing.Newest.UNWANTED);
    }

    @Test
    void aPageThatIsTooLargeIsAskedForInHalves() {
        Listing third = Listing.first("items", true, null, 3, 100, false);
        Listing halved = third.halved();
        assertThat(halved.page()).isEqualTo(5);
        assertThat(halved.pageSize()).isEqualTo(50);
        Listing odd = Listing.first("items", true, null, 3, 25, false);
        assertThat(odd.halved()).isSameAs(odd);
    }

    @Test
    void aRunThatIsTakenUpInTheMiddleIsShakenFromTheStart() {
        assertThat(Listing.first("items", true, null, 2, 10, false).shaken()).isTrue();
        assertThat(first(false).shaken()).isFalse();
    }

    @Test
    void theLaterOfTwoVersionsIsTheGreaterText() {
        assertThat(ApiSmithPaging.later("20251208", "20251207")).isEqualTo("20251208");
        assertThat(ApiSmithPaging.later("9", "10")).isEqualTo("9");
        assertThat(ApiSmithPaging.later(null, "1")).isEqualTo("1");
        assertThat(ApiSmithPaging.later("1", null)).isEqualTo("1");
        assertThat(ApiSmithPaging.later(null, null)).isNull();
    }
}
