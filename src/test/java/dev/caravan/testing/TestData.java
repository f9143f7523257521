package dev.caravan.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Real documents of others, in the folder that the environment variable CARAVAN_TEST_DATA names. */
public final class TestData {
    private TestData() {}

    /** A file of the folder, unpacked; where it is not there, the test is skipped and says so. */
    public static InputStream open(String file) {
        Path path = path(file);
        try {
            byte[] bytes = Files.readAllBytes(path);
            InputStream plain = new ByteArrayInputStream(bytes);
            return file.endsWith(".gz") ? new GZIPInputStream(plain) : plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a file of the folder is; where it is not there, the test is skipped and says so. */
    public static Path path(String file) {
        String folder = System.getenv("CARAVAN_TEST_DATA");
        Assumptions.assumeTrue(
                folder != null && !folder.isBlank(), "CARAVAN_TEST_DATA names no folder with the documents of others");
        Path path = Path.of(folder).resolve(file);
        Assumptions.assumeTrue(Files.exists(path), () -> file + " is not in the folder that CARAVAN_TEST_DATA names");
        return path;
    }
}
