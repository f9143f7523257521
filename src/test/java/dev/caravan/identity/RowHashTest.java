package dev.caravan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.apache.commons.codec.digest.Blake3;
import org.junit.jupiter.api.Test;

class RowHashTest {
    @Test
    void isTheLibrarysBlake3AtEveryLengthAroundItsBlocksAndChunks() {
        RowHash hash = new RowHash();
        byte[] bytes = new byte[3000];
        new Random(7).nextBytes(bytes);
        for (int length = 0; length <= bytes.length; length++) {
            byte[] expected = new byte[32];
            Blake3.initHash().update(bytes, 0, length).doFinalize(expected);
            assertThat(hash.of(bytes, length)).as("length %s", length).isEqualTo(expected);
        }
    }

    @Test
    void isTheLibrarysBlake3OverAsManyChunksAsATreeOfSeveralLevelsHas() {
        RowHash hash = new RowHash();
        byte[] bytes = new byte[300 * 1024];
        new Random(11).nextBytes(bytes);
        for (int length = 3000; length <= bytes.length; length += 1 + length / 40) {
            byte[] expected = new byte[32];
            Blake3.initHash().update(bytes, 0, length).doFinalize(expected);
            assertThat(hash.of(bytes, length)).as("length %s", length).isEqualTo(expected);
        }
        for (int chunks = 1; chunks <= 64; chunks++) {
            byte[] expected = new byte[32];
            Blake3.initHash().update(bytes, 0, chunks * 1024).doFinalize(expected);
            assertThat(hash.of(bytes, chunks * 1024)).as("%s chunks", chunks).isEqualTo(expected);
        }
    }

    /** {@code printf abc | b3sum}. */
    @Test
    void isWhatB3sumSays() {
        assertThat(HexFormat.of().formatHex(new RowHash().of(new byte[] {'a', 'b', 'c'}, 3)))
                .isEqualTo("6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85");
    }
}
