package dev.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuffersTest {
    private final Buffers buffers = new Buffers(2, 800);

    @Test
    void whatNobodyReadsAnyMoreIsUsedAgain() {
        byte[] first = buffers.take(0);
        byte[] second = buffers.take(700);
        assertThat(second).isNotSameAs(first).hasSize(800);
        buffers.giveBack(first);
        assertThat(buffers.take(100_000)).isSameAs(first);
    }

    @Test
    void keepsNoMoreThanItShould() {
        byte[] third = new byte[800];
        buffers.giveBack(new byte[800]);
        buffers.giveBack(new byte[800]);
        buffers.giveBack(third);
        buffers.take(0);
        buffers.take(0);
        assertThat(buffers.take(0)).isNotSameAs(third).hasSize(800);
    }

    @Test
    void aSmallAnswerGetsWhatItNeedsAndNothingOfThatIsKept() {
        byte[] small = buffers.take(99);
        assertThat(small).hasSize(99);
        buffers.giveBack(small);
        assertThat(buffers.take(0)).hasSize(800);
    }
}
