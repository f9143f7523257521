package dev.caravan.sandbox.dataverse;

import dev.caravan.sandbox.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers for the schema: the document of the sandbox's own tables or another one, and the definitions. Thread-safe. */
final class SchemaEndpoint {
    private final World world;
    private final Switches switches;
    private volatile byte @Nullable [] given;
    private volatile @Nullable Made made;

    /** The document of one version of the schema; its text is shared and not to be changed. */
    private record Made(long version, ByteBuffer text) {}

    SchemaEndpoint(World world, Switches switches) {
        this.world = world;
        this.switches = switches;
    }

    /** Serves this document from now on; its own again for null. */
    void give(byte @Nullable [] document) {
        given = document;
    }

    /** The document of the tables there are. */
    ByteBuffer own() {
        return world.read(() -> {
            Made known = made;
            if (known == null || known.version() != world.schemaVersion()) {
                String text = new MetadataText(world.tables()).write();
                known = new Made(world.schemaVersion(), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                made = known;
            }
            return known.text().duplicate();
        });
    }

    Answer metadata(String accept) {
        if (accept.contains("json") && !accept.contains("xml")) {
            throw WebApi.unacceptable();
        }
        byte[] document = given;
        ByteBuffer body = document == null ? own() : ByteBuffer.wrap(document);
        return new Answer(200, Map.of("Content-Type", "application/xml"), body);
    }

    Answer definitions(String resource, String root, ODataQuery options) {
        if (!switches.definitions()) {
            throw Refusal.denied("Entity");
        }
        return world.read(() -> new DefinitionsQuery(world, root, options).answer(resource));
    }
}
