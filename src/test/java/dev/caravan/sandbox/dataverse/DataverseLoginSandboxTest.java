package dev.caravan.sandbox.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The login host, and what the environment says to those who have not been there. */
class DataverseLoginSandboxTest {
    private final DataverseSandbox sandbox = DataverseSandbox.start(0);
    private final SocketCaller caller = new SocketCaller(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "password, ID, SECRET, ROOT/.default, 400, unsupported_grant_type, 70003",
        "client_credentials, other, SECRET, ROOT/.default, 400, unauthorized_client, 700016",
        "client_credentials, ID, wrong, ROOT/.default, 401, invalid_client, 7000215",
        "client_credentials, ID, SECRET, ROOT, 400, invalid_scope, 1002012",
        "client_credentials, ID, SECRET, ROOT/user_impersonation, 400, invalid_scope, 1002012",
        "client_credentials, ID, SECRET, ROOT/api/data/v9.2/.default, 400, invalid_scope, 1002012",
        "client_credentials, ID, SECRET, https://other.crm.dynamics.com/.default, 400, invalid_resource, 500011"
    })
    void aWrongLoginIsToldWhatIsWrong(
            String grant, String id, String secret, String scope, int status, String error, int code) {
        SocketCaller.Reply reply = caller.login(DataverseSandbox.TENANT, form(grant, id, secret, scope));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("error").asText()).isEqualTo(error);
        assertThat(reply.json().path("error_codes").get(0).asInt()).isEqualTo(code);
        assertThat(reply.json().path("error_description").asText()).startsWith("AADSTS" + code + ": ");
        assertThat(sandbox.logins()).isZero();
    }

    @Test
    void aTenantThatThereIsNotIsRefused() {
        SocketCaller.Reply reply = caller.login("nobody", form("client_credentials", "ID", "SECRET", "ROOT/.default"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error_codes").get(0).asInt()).isEqualTo(90002);
    }

    @Test
    void aTokenIsGoodForItsTimeOnly() {
        sandbox.switches().tokenLifetime(Duration.ofMinutes(10));
        Instant start = Instant.parse("2026-01-05T08:00:00Z");
        sandbox.setClock(Clock.fixed(start, ZoneOffset.UTC));
        SocketCaller.Reply reply =
                caller.login(DataverseSandbox.TENANT, form("client_credentials", "ID", "SECRET", "ROOT/.default"));
        assertThat(reply.json().path("expires_in").asInt()).isEqualTo(600);
        String token = reply.json().path("access_token").asText();
        sandbox.setClock(Clock.fixed(start.plusSeconds(599), ZoneOffset.UTC));
        assertThat(asked(token).status()).isEqualTo(200);
        sandbox.setClock(Clock.fixed(start.plusSeconds(600), ZoneOffset.UTC));
        assertThat(asked(token).status()).isEqualTo(401);
        assertThat(asked("of my own").status()).isEqualTo(401);
        assertThat(sandbox.logins()).isOne();
        assertThat(sandbox.loginLog().count()).isOne();
    }

    @ParameterizedTest
    @EnumSource(Challenge.class)
    void theChallengeSaysWhereToLogIn(Challenge challenge) {
        sandbox.switches().challenge(challenge);
        SocketCaller.Reply reply =
                SocketCaller.send(sandbox.url(), "GET " + DataverseSandbox.DATA + " HTTP/1.1", List.of(), "");
        assertThat(reply.status()).isEqualTo(401);
        List<String> headers = reply.header("www-authenticate").lines().toList();
        assertThat(headers).hasSize(challenge == Challenge.SEVERAL ? 2 : 1);
        String login =
                "Bearer authorization_uri=" + sandbox.loginUrl() + "/" + DataverseSandbox.TENANT + "/oauth2/authorize";
        String resource = ", resource_id=" + sandbox.url() + "/";
        String expected = switch (challenge) {
            case WITH_RESOURCE, SEVERAL -> login + resource;
            case WITHOUT_RESOURCE -> login;
            case WINDOWS_NET ->
                "Bearer authorization_uri=https://login.windows.net/" + DataverseSandbox.TENANT + "/oauth2/authorize"
                        + resource;
            case SOVEREIGN ->
                "Bearer authorization_uri=https://login.microsoftonline.us/" + DataverseSandbox.TENANT
                        + "/oauth2/authorize, resource_id=x";
            case ON_PREMISES -> "Bearer authorization_uri=https://adfs.example.com/adfs/oauth2/authorize" + resource;
            case STRANGER ->
                "Bearer authorization_uri=https://login.example.net/" + DataverseSandbox.TENANT + "/oauth2/authorize"
                        + resource;
            case BARE -> "Bearer";
        };
        assertThat(headers).contains(expected);
    }

    private SocketCaller.Reply asked(String token) {
        return SocketCaller.send(
                sandbox.url(),
                "GET " + DataverseSandbox.DATA + "WhoAmI HTTP/1.1",
                List.of("Authorization: Bearer " + token),
                "");
    }

    private String form(String grant, String id, String secret, String scope) {
        return "grant_type=" + grant + "&client_id=" + id.replace("ID", DataverseSandbox.CLIENT_ID)
                + "&client_secret=" + secret.replace("SECRET", DataverseSandbox.CLIENT_SECRET) + "&scope="
                + scope.replace("ROOT", sandbox.url()).replace(":", "%3A").replace("/", "%2F");
    }
}
