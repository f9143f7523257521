package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask the sandbox APISmith, and for how long. */
class ApiSmithLoginSandboxTest extends SandboxOfParts {
    @Test
    void aUserLogsInAndTheTokenIsGoodUntilItExpires() {
        sandbox.setOptions(sandbox.options().withTokenLifetime(Duration.ofMinutes(5)));
        HttpResponse<String> answer = caller.send(caller.login("{\"username\":\"caravan\",\"password\":\"sandbox\"}"));
        JsonNode login = Caller.parsed(answer.body());
        String token = login.path("access_token").asText();
        assertThat(login.path("token_type").asText()).isEqualTo("bearer");
        assertThat(login.path("expires_in").asInt()).isEqualTo(300);
        assertThat(token.split("\\.", -1)).hasSize(3);
        assertThat(statusWith(token)).isEqualTo(200);
        clock.advance(Duration.ofMinutes(5));
        assertThat(statusWith(token)).isEqualTo(401);
    }

    @Test
    void severalUsersMayLogInWithWhateverIsInTheirPasswords() {
        sandbox.addUser("übel", "p\"w\\\n\u20ac");
        String body = " { \"password\" : \"p\\\"w\\\\\\n\\u20ac\" , \"username\":\"übel\" } ";
        assertThat(caller.send(caller.login(body)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"username\":\"caravan\",\"password\":\"wrong\"} | 401",
                "{\"username\":\"nobody\",\"password\":\"sandbox\"} | 401",
                "{} | 401",
                "{\"username\":\"caravan\",\"password\":5} | 422",
                "username=caravan | 422"
            })
    void aLoginThatIsNotOneIsRefused(String body, int status) {
        HttpResponse<String> answer = caller.send(caller.login(body));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Caller.parsed(answer.body()).path("detail").asText()).isNotEmpty();
    }

    @Test
    void withoutAGoodTokenNothingIsSaid() {
        HttpResponse<String> answer = caller.send(caller.anonymous("apis").build());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Could not validate credentials\"}");
        assertThat(statusWith("made-up")).isEqualTo(401);
    }

    @Test
    void expiredTokensAreRefusedAndTheReadyOneStays() {
        HttpResponse<String> login = caller.send(caller.login("{\"username\":\"caravan\",\"password\":\"sandbox\"}"));
        String token = Caller.parsed(login.body()).path("access_token").asText();
        sandbox.expireTokens();
        assertThat(statusWith(token)).isEqualTo(401);
        assertThat(statusWith(sandbox.token())).isEqualTo(200);
    }

    private int statusWith(String token) {
        return caller.send(caller.anonymous("apis")
                        .header("Authorization", "Bearer " + token)
                        .build())
                .statusCode();
    }
}
