package dev.caravan.source.dataverse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.source.HttpAnswers;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal of Dataverse means: its own codes first, then the HTTP status (<a
 * href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors">errors</a>,
 * <a href="https://learn.microsoft.com/power-apps/developer/data-platform/api-limits">limits</a>). Immutable.
 */
public final class DataverseFaults {
    /** Code of a fault: the link to changes has expired, or the table has changed since. */
    public static final String EXPIRED = "DELTA_EXPIRED";
    /** Code of a fault: the function for a list of values is not understood. */
    public static final String NO_IN = "IN_UNSUPPORTED";
    /** Code of a fault: the service does not understand the request. */
    public static final String REFUSED = "REQUEST_REFUSED";

    /** Code of a fault: more requests than the service lets in. */
    public static final String RATE = "REQUESTS_LIMITED";

    private static final String NUMBER_LIMIT = "0x80072322";
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> LIMITS = Set.of("0x80072321", "0x80072326");
    private static final String EXPIRED_STAMP = "0x80044352";
    private static final String QUERY_NODE = "0x8006088a";
    private static final int LONGEST_MESSAGE = 200;

    private final HttpAnswers answers;

    public DataverseFaults(HttpAnswers answers) {
        this.answers = answers;
    }

    /**
     * Judges an answer.
     *
     * @param status HTTP status
     * @param retryAfter header {@code Retry-After}; null if there is none
     * @param body the answer's body, as far as read
     * @param delta whether a link to changes was followed
     * @param what what was asked, for people
     * @return the fault; empty for 200 to 299
     */
    public Optional<CaravanException> of(
            int status, @Nullable String retryAfter, byte[] body, boolean delta, String what) {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        Said said = said(body);
        String code = said.code.toLowerCase(Locale.ROOT);
        if (code.equals(NUMBER_LIMIT)) {
            return answers.fault(429, retryAfter, what + said)
                    .map(fault -> new CaravanException(
                            fault.kind(),
                            RATE,
                            String.valueOf(fault.getMessage()),
                            fault.retryAfter().orElse(null),
                            null));
        }
        if (LIMITS.contains(code) && status != 429) {
            return answers.fault(429, retryAfter, what + said);
        }
        if (delta && isExpired(status, code, said.message)) {
            return refusal(EXPIRED, what + ": the link to changes has expired" + said + "; all rows are listed again");
        }
        if (code.equals(QUERY_NODE) || status == 501) {
            boolean list = said.message.contains("In is not supported");
            return refusal(list ? NO_IN : REFUSED, what + ": the source does not understand the request" + said);
        }
        return answers.fault(status, retryAfter, what + said);
    }

    private static boolean isExpired(int status, String code, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        boolean names = text.contains("deltatoken") || text.contains("delta token") || text.contains("version stamp");
        return code.equals(EXPIRED_STAMP) || status == 410 || status >= 400 && status < 500 && names;
    }

    private static Optional<CaravanException> refusal(String code, String message) {
        return Optional.of(new CaravanException(FaultKind.CONFIGURATION, code, message));
    }

    /** What the service says itself; both empty where it says nothing readable. */
    private record Said(String code, String message) {
        @Override
        public String toString() {
            if (code.isEmpty() && message.isEmpty()) {
                return "";
            }
            String line = message.lines().findFirst().orElse("");
            String cut = line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
            return " (" + (code + " " + cut).trim() + ")";
        }
    }

    private static Said said(byte[] body) {
        String code = "";
        String message = "";
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.VALUE_STRING
                        || parser.getParsingContext().getParent() == null
                        || !"error"
                                .equals(parser.getParsingContext().getParent().getCurrentName())) {
                    continue;
                }
                String name = parser.currentName();
                code = "code".equals(name) ? parser.getText() : code;
                message = "message".equals(name) ? parser.getText() : message;
            }
        } catch (IOException unreadable) {
            return new Said(code, message);
        }
        return new Said(code, message);
    }
}
