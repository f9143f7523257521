package dev.caravan.schema.odata;

import dev.caravan.testing.TestData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Metadata documents for tests. */
final class Csdl {
    static final long MOST = 64L << 20;

    private Csdl() {}

    /** A document with these elements in a schema {@code Contoso}, alias {@code c}. */
    static Metadata of(String elements) {
        return read(document(elements));
    }

    static String document(String elements) {
        return "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>"
                + "<Schema Namespace=\"Contoso\" Alias=\"c\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">"
                + elements
                + "</Schema></edmx:DataServices></edmx:Edmx>";
    }

    static Metadata read(String document) {
        return MetadataReader.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), MOST);
    }

    /** A real document; skips the test where it is not there. */
    static Metadata real(String file) {
        try (InputStream in = TestData.open("csdl/" + file)) {
            return MetadataReader.read(in, MOST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
