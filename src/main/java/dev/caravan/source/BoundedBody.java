package dev.caravan.source;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/** Reads the body of an answer whole, but neither more bytes nor longer than allowed. Stateless. */
public final class BoundedBody {
    private static final int CHUNK = 64 * 1024;
    private static final int LARGEST = Integer.MAX_VALUE - 8;
    private static final long LARGEST_START = 8 * 1024 * 1024;

    private BoundedBody() {}

    /** Who has to give room before more of a body is read. */
    @FunctionalInterface
    public interface Room {
        /**
         * Waits until there is room.
         *
         * @param bytes to be read, all together
         * @return how many may be read before it is to be asked again, at least so many
         */
        long upTo(long bytes);
    }

    /**
     * Reads all that is there.
     *
     * @param body closed in any case
     * @param expected how many bytes the source says there are, only a hint, and without another copy where it is right;
     *     0 or less where it does not say
     * @param mostBytes of the unpacked body
     * @param longest from the first byte to the last
     * @param what what was asked, for people
     * @throws CaravanException PAGE_TOO_LARGE, SOURCE_SLOW, or SOURCE_TROUBLE when the connection breaks
     */
    public static byte[] read(InputStream body, long expected, long mostBytes, Duration longest, String what) {
        byte[] start = new byte[(int) Math.max(CHUNK, Math.min(expected, LARGEST_START))];
        Body read = read(body, start, expected, mostBytes, longest, what, bytes -> Long.MAX_VALUE);
        return read.length() == read.bytes().length ? read.bytes() : Arrays.copyOf(read.bytes(), read.length());
    }

    /**
     * The same for who has to ask for room.
     *
     * @param into what is read goes in here; into a larger one if it is too small
     * @param room asked before the first byte is read, and whenever there are more than it said
     */
    public static Body read(
            InputStream body, byte[] into, long expected, long mostBytes, Duration longest, String what, Room room) {
        long deadline = System.nanoTime() + longest.toNanos();
        try (body) {
            byte[] whole = into;
            int length = 0;
            long granted = room.upTo(Math.min(mostBytes, Math.max(CHUNK, expected)));
            for (int read = 0; read >= 0; length += Math.max(read, 0)) {
                if (length > mostBytes) {
                    throw tooLarge(what, mostBytes);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new CaravanException(
                            FaultKind.TRANSIENT, "SOURCE_SLOW", what + ": the answer took longer than " + longest);
                }
                if (length == whole.length) {
                    int next = body.read();
                    if (next < 0) {
                        return new Body(whole, length);
                    }
                    whole = Arrays.copyOf(whole, (int) Math.min(LARGEST, Math.max(CHUNK, whole.length * 2L)));
                    whole[length++] = (byte) next;
                }
                if (length >= granted) {
                    granted = room.upTo(Math.min(mostBytes + 1, length + CHUNK));
                }
                read = body.read(whole, length, whole.length - length);
            }
            return new Body(whole, length);
        } catch (IOException broken) {
            throw new CaravanException(FaultKind.TRANSIENT, "SOURCE_TROUBLE", what + ": the answer broke off", broken);
        }
    }

    private static CaravanException tooLarge(String what, long mostBytes) {
        return new CaravanException(
                FaultKind.BAD_DATA,
                "PAGE_TOO_LARGE",
                what + ": the answer is larger than " + mostBytes + " bytes; lower page-size or raise caravan.memory");
    }
}
