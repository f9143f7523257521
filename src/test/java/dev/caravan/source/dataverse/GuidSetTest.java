package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GuidSetTest {
    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static GuidSet of(int... numbers) {
        return GuidSet.of(IntStream.of(numbers).mapToObj(GuidSetTest::id).toList());
    }

    @Test
    void keepsEachIdOnceInOrder() {
        GuidSet ids = of(3, 1, 2, 1);
        assertThat(ids.size()).isEqualTo(3);
        assertThat(ids.from(0, 9)).containsExactly(id(1).toString(), id(2).toString(), id(3).toString());
    }

    @Test
    void knowsItsIdsAndNothingElse() {
        GuidSet ids = of(1, 3);
        assertThat(ids.contains(id(1).toString())).isTrue();
        assertThat(ids.contains(id(3).toString().toUpperCase(java.util.Locale.ROOT)))
                .isTrue();
        assertThat(ids.contains(id(2).toString())).isFalse();
        assertThat(ids.contains("no id")).isFalse();
    }

    @Test
    void cutsWhatIsInAnotherSetOrIsNot() {
        assertThat(of(1, 2, 3).cut(of(2, 4), true).from(0, 9)).containsExactly(id(2).toString());
        assertThat(of(1, 2, 3).cut(of(2, 4), false).from(0, 9)).containsExactly(id(1).toString(), id(3).toString());
    }

    @Test
    void givesSomeAtATime() {
        GuidSet ids = of(1, 2, 3);
        assertThat(ids.from(1, 1)).containsExactly(id(2).toString());
        assertThat(ids.from(2, 5)).containsExactly(id(3).toString());
        assertThat(ids.from(3, 5)).isEmpty();
        assertThat(GuidSet.of(List.of()).size()).isZero();
    }
}
