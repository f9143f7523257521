package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.schema.odata.DefinitionReader;
import dev.caravan.schema.odata.DefinitionRequests;
import dev.caravan.schema.odata.Metadata;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Answers of Dataverse that are no pages: the schema, definitions, counts. Stateless. */
final class DataverseAnswers {
    private DataverseAnswers() {}

    /** A number as text, which may stand behind a byte order mark. */
    static Long count(byte[] body, String what) {
        String text =
                new String(body, StandardCharsets.UTF_8).replace("\uFEFF", "").trim();
        if (!text.matches("\\d{1,18}")) {
            throw new CaravanException(FaultKind.TRANSIENT, "ANSWER_UNREADABLE", what + ": the answer is no number");
        }
        return Long.valueOf(text);
    }

    static Object definitions(SourceRequest request, byte[] body) {
        String path = String.valueOf(request.path());
        ByteArrayInputStream answer = new ByteArrayInputStream(body);
        if (path.startsWith("RelationshipDefinitions")) {
            return DefinitionReader.links(answer);
        }
        if (path.equals(DefinitionRequests.WHO_AM_I)) {
            return DefinitionReader.user(answer);
        }
        if (path.endsWith(DefinitionRequests.PRIVILEGES)) {
            return DefinitionReader.readable(answer);
        }
        return path.endsWith("/Attributes") ? DefinitionReader.columns(answer) : DefinitionReader.tables(answer);
    }

    /**
     * How many requests the environment recommends to have under way (<a
     * href="https://learn.microsoft.com/power-apps/developer/data-platform/send-parallel-requests">degree of
     * parallelism</a>); 0 where it says nothing that is a number.
     */
    static int recommended(Message message) {
        String said = message.getHeader("x-ms-dop-hint", "", String.class).trim();
        return said.matches("\\d{1,4}") ? Integer.parseInt(said) : 0;
    }

    static List<String> headers(Message message, String name) {
        Object value = message.getHeader(name);
        List<String> headers = new ArrayList<>();
        if (value instanceof Iterable<?> several) {
            several.forEach(each -> headers.add(String.valueOf(each)));
        } else if (value != null) {
            headers.add(value.toString());
        }
        return headers;
    }

    static Metadata schema(Message message, String connector, MetadataCache schemas) {
        InputStream stream = message.getBody(InputStream.class);
        return schemas.read(connector, stream == null ? InputStream.nullInputStream() : stream);
    }

    static void requireType(Message message, String wanted, String what) {
        String type = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        if (!type.isEmpty() && !type.contains(wanted)) {
            throw new CaravanException(
                    FaultKind.TRANSIENT,
                    "ANSWER_UNREADABLE",
                    what + ": the answer is " + type + " instead of " + wanted
                            + "; is there a proxy or login page between?");
        }
    }
}
