package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PagingGuardTest {
    private final PagingGuard guard = new PagingGuard("accounts");

    private static DataversePage page(int gone, @Nullable String next, long content) {
        List<String> keys = java.util.Collections.nCopies(gone, "k");
        return new DataversePage(List.of(), List.of(), keys, next, null, -1, null, content);
    }

    @Test
    void aListingThatGoesOnIsLetThrough() {
        for (int i = 1; i <= 1000; i++) {
            guard.check("page" + i, page(1, "page" + (i + 1), i));
        }
        assertThatCode(() -> guard.check("page1001", page(1, null, 1000))).doesNotThrowAnyException();
    }

    @Test
    void aPageThatLeadsToItselfIsRefused() {
        assertThatThrownBy(() -> guard.check("page1", page(1, "page1", 1)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("accounts: its pages lead back");
    }

    @Test
    void aCircleIsFoundHoweverLongItIs() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        guard.check("page" + i % 7, page(1, "page" + (i + 1) % 7, i + 1));
                    }
                })
                .hasMessageContaining("lead back");
    }

    @Test
    void theSamePageUnderNewLinksIsRefused() {
        guard.check("page1", page(1, "page2", 5));
        assertThatThrownBy(() -> guard.check("page2", page(1, "page3", 5))).hasMessageContaining("the same page");
    }

    @Test
    void emptyPagesMayFollowOneAnotherTwentyTimesAndNoMore() {
        for (int i = 1; i <= 20; i++) {
            guard.check("page" + i, page(0, "page" + (i + 1), 0));
        }
        assertThatThrownBy(() -> guard.check("page21", page(0, "page22", 0)))
                .hasMessageContaining("20 pages without a row");
    }

    @Test
    void aPageWithARowBeginsTheCountOfEmptyOnesAnew() {
        for (int i = 1; i <= 60; i++) {
            int gone = i % 15 == 0 ? 1 : 0;
            guard.check("page" + i, page(gone, "page" + (i + 1), i));
        }
    }
}
