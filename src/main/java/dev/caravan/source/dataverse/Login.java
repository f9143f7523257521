package dev.caravan.source.dataverse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Client credentials (<a
 * href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Microsoft's identity
 * platform</a>). Stateless.
 */
public final class Login {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration LONGEST = Duration.ofMinutes(50);
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Pattern REASON = Pattern.compile("AADSTS\\d+");

    private Login() {}

    /**
     * A token.
     *
     * @param keep how long from now it may be used: 50 minutes, or 5 before it expires; half its life if that is short
     */
    public record Token(String value, Duration keep) {}

    /** The address of the token endpoint, from an address whose last part is the tenant. */
    public static String endpoint(String login) {
        return login + "/oauth2/v2.0/token";
    }

    /** The scope of an environment: its address without path, and all that was granted. */
    public static String scope(URI environment) {
        String path = environment.getRawPath() == null ? "" : environment.getRawPath();
        String address = environment.toString();
        return address.substring(0, address.length() - path.length()) + "/.default";
    }

    /** The form that asks for a token. */
    public static String form(String clientId, String clientSecret, String scope) {
        return "grant_type=client_credentials&client_id=" + encode(clientId) + "&client_secret=" + encode(clientSecret)
                + "&scope=" + encode(scope);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Reads an answer with status 200.
     *
     * @throws CaravanException ANSWER_UNREADABLE, transient, if it holds no token
     */
    public static Token token(byte[] answer) {
        Map<String, String> members = members(answer);
        String token = members.getOrDefault("access_token", "");
        if (token.isEmpty()) {
            throw new CaravanException(
                    FaultKind.TRANSIENT, "ANSWER_UNREADABLE", "The login host's answer holds no token");
        }
        String life = members.getOrDefault("expires_in", "");
        return new Token(token, keep(life.matches("\\d{1,9}") ? Long.parseLong(life) : LONGEST.toSeconds()));
    }

    private static Duration keep(long seconds) {
        Duration life = Duration.ofSeconds(seconds);
        Duration early = life.compareTo(EARLY.multipliedBy(2)) > 0 ? life.minus(EARLY) : life.dividedBy(2);
        return early.compareTo(LONGEST) > 0 ? LONGEST : early;
    }

    /**
     * What a refusal with status 400 or 401 means; its number is Microsoft's own (<a
     * href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">error codes</a>).
     */
    public static CaravanException refusal(String connector, byte[] answer) {
        String described = members(answer).getOrDefault("error_description", "");
        Matcher matcher = REASON.matcher(described);
        String reason = matcher.find() ? matcher.group() : "";
        String advice = switch (reason) {
            case "AADSTS7000215", "AADSTS7000222" -> "the client secret is wrong or has expired; set client-secret";
            case "AADSTS700016" -> "the tenant has no application of this client-id";
            case "AADSTS90002" -> "there is no such tenant; check tenant";
            case "AADSTS1002012", "AADSTS500011" -> "the scope is none of the tenant's; check url and scope";
            default -> "check tenant, client-id and client-secret";
        };
        return new CaravanException(
                FaultKind.DENIED,
                "LOGIN_FAILED",
                connector + ": the login was refused" + (reason.isEmpty() ? "" : " (" + reason + ")") + "; " + advice);
    }

    /** The plain members of an object; none for what is no object. */
    static Map<String, String> members(byte[] answer) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(answer)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return members;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    members.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException unreadable) {
            return members;
        }
        return members;
    }
}
