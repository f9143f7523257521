package dev.caravan.schema.odata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads documents in a process of its own, which has little memory: files, or one that is made as it is read. */
public final class MetadataChild {
    private static final long MOST = 256L << 20;

    private MetadataChild() {}

    /** Prints a line a document: its name, entity sets and properties. {@code made:N} is one with N types. */
    public static void main(String[] documents) throws IOException {
        for (String document : documents) {
            try (InputStream in = open(document)) {
                Metadata metadata = MetadataReader.read(in, MOST);
                long properties = metadata.types().stream()
                        .mapToLong(type -> type.properties().size())
                        .sum();
                Path name = Path.of(document).getFileName();
                System.out.println(name + " " + metadata.sets().size() + " " + properties);
            }
        }
    }

    private static InputStream open(String document) throws IOException {
        if (document.startsWith("made:")) {
            return made(Integer.parseInt(document.substring("made:".length())));
        }
        InputStream file = Files.newInputStream(Path.of(document));
        return document.endsWith(".gz") ? new GZIPInputStream(file) : file;
    }

    /** A type is about 25 kB with all that a real environment says beside its properties. */
    private static InputStream made(int types) {
        String head =
                "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>"
                        + "<Schema Namespace=\"Microsoft.Dynamics.CRM\" Alias=\"mscrm\""
                        + " xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">";
        return new Made(types, head);
    }

    /** One type after the other, made when it is read. */
    private static final class Made extends InputStream {
        private final int types;
        private int next;
        private byte[] part;
        private int at;

        Made(int types, String head) {
            this.types = types;
            this.part = head.getBytes(StandardCharsets.UTF_8);
        }

        private boolean more() {
            if (at < part.length) {
                return true;
            }
            if (next > types) {
                return false;
            }
            String text = next < types ? type(next) : container(types);
            next++;
            part = text.getBytes(StandardCharsets.UTF_8);
            at = 0;
            return true;
        }

        @Override
        public int read() {
            return more() ? part[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (!more()) {
                return -1;
            }
            int count = Math.min(most, part.length - at);
            System.arraycopy(part, at, into, from, count);
            at += count;
            return count;
        }
    }

    private static String type(int number) {
        String name = "vin_table" + number;
        StringBuilder text = new StringBuilder("<EntityType Name=\"" + name + "\"><Key><PropertyRef Name=\"" + name
                + "id\"/></Key><Property Name=\"" + name + "id\" Type=\"Edm.Guid\"/>");
        for (int i = 0; i < 60; i++) {
            text.append("<Property Name=\"vin_column")
                    .append(i)
                    .append("\" Type=\"Edm.String\" Unicode=\"false\">")
                    .append("<Annotation Term=\"Org.OData.Core.V1.Description\" String=\"")
                    .append("What people say of this column, at some length. ".repeat(7))
                    .append("\"/></Property>");
        }
        return text.append("</EntityType>").toString();
    }

    private static String container(int types) {
        StringBuilder text = new StringBuilder("<EntityContainer Name=\"System\">");
        for (int i = 0; i < types; i++) {
            text.append("<EntitySet Name=\"vin_table" + i + "s\" EntityType=\"Microsoft.Dynamics.CRM.vin_table" + i
                    + "\"/>");
        }
        return text.append("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>")
                .toString();
    }
}
