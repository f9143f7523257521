package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.schema.odata.Metadata;
import dev.caravan.schema.odata.MetadataReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Schemas that were read, by connector and by the hash of their text: the same text is not parsed twice while memory lasts.
 * A document rests in a file until its hash is known, for it may be larger than memory allows. Safe for several threads.
 */
final class MetadataCache {
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final long largest;

    /** @param largest more bytes than this are refused */
    MetadataCache(long largest) {
        this.largest = largest;
    }

    private record Kept(String hash, SoftReference<Metadata> schema) {}

    /**
     * The schema that a document describes.
     *
     * @param xml unpacked; read to its end, not closed
     * @throws CaravanException as {@link MetadataReader#read} does
     */
    Metadata read(String connector, InputStream xml) {
        try {
            Path file = Files.createTempFile("caravan-metadata", ".xml");
            try {
                return read(connector, copy(xml, file), file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new CaravanException(
                    FaultKind.TRANSIENT,
                    "DISK_TROUBLE",
                    "$metadata cannot be kept in a temporary file: " + unwritable.getMessage(),
                    unwritable);
        }
    }

    private Metadata read(String connector, String hash, Path file) throws IOException {
        Kept known = kept.get(connector);
        Metadata same =
                known != null && known.hash().equals(hash) ? known.schema().get() : null;
        if (same != null) {
            return same;
        }
        try (InputStream stored = Files.newInputStream(file)) {
            Metadata schema = MetadataReader.read(stored, largest);
            kept.put(connector, new Kept(hash, new SoftReference<>(schema)));
            return schema;
        }
    }

    /** Copies as much as may be, and one byte more to tell; answers the hash. */
    private String copy(InputStream xml, Path file) throws IOException {
        MessageDigest digest = digest();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            InputStream source = new FromTheSource(xml);
            byte[] buffer = new byte[1 << 16];
            long left = largest + 1;
            int read = source.read(buffer);
            while (read >= 0 && left > 0) {
                out.write(buffer, 0, (int) Math.min(read, left));
                left -= read;
                read = source.read(buffer);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Tells trouble of the source from that of the disk. */
    private static final class FromTheSource extends FilterInputStream {
        FromTheSource(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int most) {
            try {
                return super.read(buffer, from, most);
            } catch (IOException broken) {
                throw new CaravanException(
                        FaultKind.TRANSIENT, "SOURCE_TROUBLE", "$metadata: the answer broke off", broken);
            }
        }
    }
}
