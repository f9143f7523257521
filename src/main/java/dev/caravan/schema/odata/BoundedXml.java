package dev.caravan.schema.odata;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops a document that is too long, or holds one piece of markup or text that is. One thread. */
final class BoundedXml extends FilterInputStream {
    private static final int LONGEST_PIECE = 1 << 20;

    private final long mostBytes;
    private long bytes;
    private long piece;
    private String refusal = "";

    BoundedXml(InputStream in, long mostBytes) {
        super(in);
        this.mostBytes = mostBytes;
    }

    /** Why it was stopped; empty if it was not. */
    String refusal() {
        return refusal;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read > 0) {
            bytes += read;
            measure(into, from, read);
        }
        if (bytes > mostBytes) {
            refusal = "is longer than " + mostBytes + " bytes";
        }
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
        return read;
    }

    private void measure(byte[] chunk, int from, int length) {
        for (int i = from; i < from + length; i++) {
            piece = chunk[i] == '>' || chunk[i] == '<' ? 0 : piece + 1;
            if (piece > LONGEST_PIECE) {
                refusal = "holds one piece longer than " + LONGEST_PIECE + " bytes";
                return;
            }
        }
    }
}
