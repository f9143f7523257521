package dev.caravan.source;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads the body of an answer whole, but neither more bytes nor longer than allowed. Stateless. */
public final class BoundedBody {
    private static final int CHUNK = 64 * 1024;

    private BoundedBody() {}

    /**
     * Reads all that is there.
     *
     * @param body closed in any case
     * @param mostBytes of the unpacked body
     * @param longest from the first byte to the last
     * @param what what was asked, for people
     * @throws CaravanException PAGE_TOO_LARGE, SOURCE_SLOW, or SOURCE_TROUBLE when the connection breaks
     */
    public static byte[] read(InputStream body, long mostBytes, Duration longest, String what) {
        long deadline = System.nanoTime() + longest.toNanos();
        try (body) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(CHUNK);
            byte[] chunk = new byte[CHUNK];
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                whole.write(chunk, 0, read);
                if (whole.size() > mostBytes) {
                    throw tooLarge(what, mostBytes);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new CaravanException(
                            FaultKind.TRANSIENT, "SOURCE_SLOW", what + ": the answer took longer than " + longest);
                }
            }
            return whole.toByteArray();
        } catch (IOException broken) {
            throw new CaravanException(
                    FaultKind.TRANSIENT,
                    "SOURCE_TROUBLE",
                    what + ": the answer broke off; it will be asked again",
                    broken);
        }
    }

    private static CaravanException tooLarge(String what, long mostBytes) {
        return new CaravanException(
                FaultKind.BAD_DATA,
                "PAGE_TOO_LARGE",
                what + ": the answer is larger than " + mostBytes + " bytes; lower page-size or raise caravan.memory");
    }
}
