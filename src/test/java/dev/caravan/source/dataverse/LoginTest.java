package dev.caravan.source.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginTest {
    private static final URI PUBLIC = URI.create("https://login.microsoftonline.com");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://login.microsoftonline.com/bd6c851f-e0dc-4d6d-ab4c-99452fe28387/oauth2/authorize, resource_id=https://orgxyz.crm11.dynamics.com/|https://login.microsoftonline.com/bd6c851f-e0dc-4d6d-ab4c-99452fe28387",
                "https://login.windows.net/2eccf943-33fb-4893-8f20-3e73cf4414c4/oauth2/authorize, resource_id=https://silanisinc.crm.dynamics.com/|https://login.microsoftonline.com/2eccf943-33fb-4893-8f20-3e73cf4414c4",
                "https://login.windows.net/2eccf943-33fb-4893-8f20-3e73cf4414c4/oauth2/authorize|https://login.microsoftonline.com/2eccf943-33fb-4893-8f20-3e73cf4414c4",
                "https://login.microsoftonline.us/abc/oauth2/authorize, resource_id=x|https://login.microsoftonline.us/abc"
            })
    void findsTheTenantInEachChallengeSeen(String address, String login) {
        assertThat(Challenge.login(List.of("Basic realm=x", "Bearer authorization_uri=" + address), PUBLIC))
                .isEqualTo(login);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://adfs.example.com/adfs/oauth2/authorize",
                "https://login.microsoftonline.com.evil.example/abc/oauth2/authorize",
                "https://login.microsoftonline.com@evil.example/abc/oauth2/authorize",
                "http://login.microsoftonline.com/abc/oauth2/authorize",
                "https://login.microsoftonline.com/oauth2/authorize"
            })
    void trustsNoOtherHost(String address) {
        assertThatThrownBy(() -> Challenge.login(List.of("Bearer authorization_uri=" + address), PUBLIC))
                .hasMessageContaining("tenant");
    }

    @Test
    void trustsTheConfiguredHost() {
        assertThat(Challenge.login(
                        List.of("Bearer authorization_uri=http://127.0.0.1:9/t/oauth2/authorize"),
                        URI.create("http://127.0.0.1:9")))
                .isEqualTo("http://127.0.0.1:9/t");
    }

    @Test
    void saysWhenThereIsNoChallenge() {
        assertThatThrownBy(() -> Challenge.login(List.of(), PUBLIC)).hasMessageContaining("set tenant");
    }

    @Test
    void asksForAllThatWasGranted() {
        assertThat(Login.scope(URI.create("https://contoso.crm4.dynamics.com/api/data/v9.2")))
                .isEqualTo("https://contoso.crm4.dynamics.com/.default");
        assertThat(Login.form("id", "s&c=+", "https://x/.default"))
                .isEqualTo("grant_type=client_credentials&client_id=id&client_secret=s%26c%3D%2B"
                        + "&scope=https%3A%2F%2Fx%2F.default");
    }

    @ParameterizedTest
    @CsvSource({"3599, 3000", "3000, 2700", "400, 200", "86399, 3000"})
    void keepsATokenUntilSomeTimeBeforeItsEnd(int life, int kept) {
        Login.Token token = Login.token(bytes("{\"token_type\":\"Bearer\",\"expires_in\":" + life
                + ",\"ext_expires_in\":1,\"access_token\":\"abc\"}"));

        assertThat(token.value()).isEqualTo("abc");
        assertThat(token.keep()).isEqualTo(Duration.ofSeconds(kept));
    }

    @Test
    void saysWhatIsWrongWithALoginAndKeepsSecretsToItself() {
        assertThat(Login.refusal(
                        "crm",
                        bytes("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client"
                                + " secret provided. Secret s3cr3t\"}")))
                .hasMessage(
                        "crm: the login was refused (AADSTS7000215); the client secret is wrong or has expired; set client-secret");
        assertThatThrownBy(() -> Login.token(bytes("<html>"))).hasMessageContaining("no token");
    }

    @ParameterizedTest
    @CsvSource({
        "https://org.crm4.dynamics.com, https://org.crm4.dynamics.com/api?$skiptoken=%253c, true",
        "https://org.crm4.dynamics.com, https://ORG.crm4.dynamics.com:443/api, true",
        "https://org.crm4.dynamics.com, https://org.api.crm4.dynamics.com/api, true",
        "https://org.crm4.dynamics.com, http://org.crm4.dynamics.com/api, false",
        "https://org.crm4.dynamics.com, https://evil.example/org.crm4.dynamics.com, false",
        "https://org.crm4.dynamics.com, https://org.crm4.dynamics.com@evil.example/api, false",
        "https://org.crm4.dynamics.com, https://org.crm4.dynamics.com.evil.example/api, false",
        "https://org.crm4.dynamics.com, 'https://org.crm4.dynamics.com\\@evil.example/api', false",
        "https://org.crm4.dynamics.com, //evil.example/, false",
        "http://127.0.0.1:80, http://127.0.0.1/api, true",
        "http://127.0.0.1:81, http://127.0.0.1:82/api, false"
    })
    void followsLinksOnlyWhereTheConnectorPoints(String url, String link, boolean followed) {
        Origin origin = new Origin("crm", URI.create(url));
        if (followed) {
            assertThat(origin.require(link)).isSameAs(link);
        } else {
            assertThatThrownBy(() -> origin.require(link)).hasMessageContaining("another host");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
