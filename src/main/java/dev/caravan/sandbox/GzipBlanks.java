package dev.caravan.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A gzip stream (RFC 1952) of an empty page padded with blanks, whatever its size in next to no time: a compressed
 * mebibyte that ends on a full flush refers to nothing before it and can be repeated as it is.
 */
final class GzipBlanks {
    private static final int BLOCK = 1 << 20;
    private static final byte[] GZIP_HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};

    private GzipBlanks() {}

    /** Writes at least so many bytes when expanded, rounded up to whole mebibytes and a few. */
    static void write(String before, long expandedBytes, String after, OutputStream out) throws IOException {
        byte[] head = before.getBytes(StandardCharsets.US_ASCII);
        byte[] tail = after.getBytes(StandardCharsets.US_ASCII);
        byte[] blanks = new byte[BLOCK];
        Arrays.fill(blanks, (byte) ' ');
        byte[] compressed = deflated(blanks, Deflater.FULL_FLUSH);
        long blocks = (expandedBytes + BLOCK - 1) / BLOCK;
        CRC32 checksum = new CRC32();
        out.write(GZIP_HEAD);
        out.write(deflated(head, Deflater.FULL_FLUSH));
        checksum.update(head);
        for (long i = 0; i < blocks; i++) {
            out.write(compressed);
            checksum.update(blanks);
        }
        out.write(deflated(tail, Deflater.NO_FLUSH));
        checksum.update(tail);
        long size = head.length + blocks * BLOCK + tail.length;
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .putInt((int) size)
                .array());
    }

    /** The last part of a stream where nothing is flushed, else one that others may follow. */
    private static byte[] deflated(byte[] plain, int flush) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain);
        if (flush == Deflater.NO_FLUSH) {
            deflater.finish();
        }
        byte[] compressed = new byte[plain.length + 64];
        int length = deflater.deflate(compressed, 0, compressed.length, flush);
        deflater.end();
        return Arrays.copyOf(compressed, length);
    }
}
