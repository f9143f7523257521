package dev.caravan.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A whole answer: status, headers, and the body from position to limit. A header's value of several lines is sent as one
 * header a line.
 */
public record Answer(int status, Map<String, String> headers, ByteBuffer body) {

    /** A body of JSON text. */
    public static Answer json(int status, String body) {
        return json(status, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A body of JSON in UTF-8. */
    public static Answer json(int status, ByteBuffer body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    /** A page for people. */
    public static Answer html(int status, String body) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/html; charset=utf-8"),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** An error in the form APISmith gives it. */
    static Answer refusal(int status, String detail) {
        return json(status, Json.of(Map.of("detail", detail)));
    }

    /** The same with one more header, or another value of one. */
    public Answer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    /** The same, its body cut after so many bytes where it is longer. */
    Answer cutTo(int bytes) {
        return new Answer(status, headers, body.duplicate().limit(body.position() + Math.min(bytes, length())));
    }

    /** The body's length in bytes. */
    public int length() {
        return body.remaining();
    }

    /** The same, compressed. */
    public Answer gzipped() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(length() / 4 + 64);
        try (OutputStream gzip = new FastGzip(compressed)) {
            gzip.write(body.array(), body.arrayOffset() + body.position(), length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(status, headers, ByteBuffer.wrap(compressed.toByteArray())).with("Content-Encoding", "gzip");
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
