package dev.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedBodyTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static byte[] some(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
    void readsAllWhateverTheSourceSaidOfTheLength(int length) {
        byte[] bytes = some(length);
        for (long said : new long[] {-1, 0, 1, length, length + 1L, Long.MAX_VALUE}) {
            assertThat(BoundedBody.read(new ByteArrayInputStream(bytes), said, 1_000_000, LONG, "items"))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void readsAsManyBytesAsAllowedAndNoMore() {
        assertThat(BoundedBody.read(new ByteArrayInputStream(some(100)), 0, 100, LONG, "items"))
                .hasSize(100);
        fails(new ByteArrayInputStream(some(101)), LONG, FaultKind.BAD_DATA, "PAGE_TOO_LARGE");
    }

    @Test
    void anEndlessBodyIsCutOff() {
        fails(new Stream(false), LONG, FaultKind.BAD_DATA, "PAGE_TOO_LARGE");
    }

    @Test
    void aBodyThatTakesTooLongIsGivenUp() {
        fails(new Stream(false), Duration.ofNanos(-1), FaultKind.TRANSIENT, "SOURCE_SLOW");
    }

    @Test
    void aBodyThatBreaksOffIsAskedAgain() {
        fails(new Stream(true), LONG, FaultKind.TRANSIENT, "SOURCE_TROUBLE");
    }

    @Test
    void closesTheBodyInAnyCase() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream body = new ByteArrayInputStream(some(200)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        fails(body, LONG, FaultKind.BAD_DATA, "PAGE_TOO_LARGE");
        assertThat(closed).isTrue();
    }

    private static void fails(InputStream body, Duration longest, FaultKind kind, String code) {
        assertThatThrownBy(() -> BoundedBody.read(body, 0, 100, longest, "items page 3"))
                .isInstanceOfSatisfying(CaravanException.class, fault -> {
                    assertThat(fault.kind()).isEqualTo(kind);
                    assertThat(fault.code()).isEqualTo(code);
                    assertThat(fault).hasMessageStartingWith("items page 3: ");
                });
    }

    /** Goes on for ever, or breaks off at once. */
    private static final class Stream extends InputStream {
        private final boolean broken;

        Stream(boolean broken) {
            this.broken = broken;
        }

        @Override
        public int read() throws IOException {
            if (broken) {
                throw new IOException("reset");
            }
            return 'x';
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            bytes[from] = (byte) read();
            return 1;
        }
    }
}
