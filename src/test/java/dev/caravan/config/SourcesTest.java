package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environment, {@code .env} and placeholders. */
class SourcesTest {
    @TempDir
    Path folder;

    private ConfigurationFolder in() {
        return new ConfigurationFolder(folder);
    }

    @Test
    void takesAFixedKeyFromTheEnvironment() {
        Reading reading = in().examine(Map.of("CARAVAN_HTTP_PORT", "9001"), "caravan.http.port = 9000");

        assertThat(reading.settings().httpPort()).isEqualTo(9001);
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void takesAKeyThatTheFileNames() {
        assertThat(in().examine(
                                Map.of(
                                        "CARAVAN_CONNECTOR_ERP_TOKEN", "from-outside",
                                        "CARAVAN_CONNECTOR_ERP_ENTITY_ITEMS_TARGET_TABLE", "parts"),
                                "caravan.connector.erp.type = apismith",
                                "caravan.connector.erp.url = http://erp",
                                "caravan.connector.erp.token = in-file",
                                "caravan.connector.erp.entity.items.target-table = x")
                        .settings()
                        .connector("erp"))
                .hasValueSatisfying(erp -> {
                    assertThat(erp.token()).contains(new Secret("from-outside"));
                    assertThat(erp.entity("items").targetTable()).contains("parts");
                });
    }

    @Test
    void takesAnyKeyOfAConnectorThatTheFileNames() {
        assertThat(in().examine(
                                Map.of(
                                        "CARAVAN_CONNECTOR_CRM_CLIENT_SECRET",
                                        "s",
                                        "CARAVAN_CONNECTOR_CRM_CLIENT_ID",
                                        "i"),
                                "caravan.connector.crm.type = dataverse",
                                "caravan.connector.crm.url = http://crm")
                        .settings()
                        .connector("crm"))
                .hasValueSatisfying(
                        crm -> assertThat(crm.microsoft().clientSecret()).contains(new Secret("s")));
    }

    @Test
    void warnsOfAVariableThatMatchesNothing() {
        assertThat(in().examine(Map.of(
                                "CARAVAN_WORKER", "3",
                                "CARAVAN_CONNECTOR_ERP_TOKEN", "t",
                                "CARAVAN_JAVA_OPTS", "-Xmx1g",
                                "CARAVAN_TEST_DATA", "x",
                                "CARAVAN_CONFIG", "y",
                                "PATH", "z"))
                        .warnings())
                .containsExactly(
                        "environment variable CARAVAN_CONNECTOR_ERP_TOKEN matches no key;"
                                + " a key of a connector must stand under its name in the file",
                        "environment variable CARAVAN_WORKER matches no key; did you mean CARAVAN_WORKERS?");
    }

    @Test
    void saysWhichVariableIsWrong() {
        assertThat(in().examine(Map.of("CARAVAN_WORKERS", "many")).problems())
                .extracting(Problem::toString)
                .containsExactly("environment variable CARAVAN_WORKERS: caravan.workers:"
                        + " 'many' is not a whole number from 1 to 1000");
    }

    @Test
    void refusesAVariableThatStandsForTwoKeys() {
        assertThat(in().examine(
                                Map.of("CARAVAN_CONNECTOR_A_B_TOKEN", "x"),
                                "caravan.connector.a-b.type = rest",
                                "caravan.connector.a-b.url = http://one",
                                "caravan.connector.a_b.type = rest",
                                "caravan.connector.a_b.url = http://two")
                        .problems())
                .singleElement()
                .asString()
                .contains("stands for more than one key");
    }

    @Test
    void readsTheFileBesideIt() {
        in().write(
                        ".env",
                        "# secrets",
                        "",
                        "export ERP_TOKEN='a # b\\n'",
                        "QUOTED=\"line\\none \\\"two\\\"\" # three",
                        "PLAIN = some words # comment",
                        "CARAVAN_WORKERS=4",
                        "CARAVAN_HTTP_PORT=1");
        Settings settings = in().examine(
                        Map.of("CARAVAN_HTTP_PORT", "9000"),
                        "caravan.connector.erp.type = apismith",
                        "caravan.connector.erp.url = http://erp",
                        "caravan.connector.erp.token = {{env:ERP_TOKEN}}",
                        "caravan.connector.erp.username = {{env:PLAIN}}",
                        "caravan.connector.erp.password = {{env:QUOTED}}")
                .settings();

        ConnectorSettings erp = settings.connector("erp").orElseThrow();
        assertThat(erp.token()).contains(new Secret("a # b\\n"));
        assertThat(erp.username()).contains("some words");
        assertThat(erp.password()).contains(new Secret("line\none \"two\""));
        assertThat(settings.workers()).isEqualTo(4);
        assertThat(settings.httpPort()).isEqualTo(9000);
    }

    @Test
    void saysWhichLineOfItIsWrong() {
        in().write(".env", "A=1", "what is this");

        assertThat(in().problemsOf("")).containsExactly(".env line 2 is not NAME=value");
    }

    @Test
    void resolvesPlaceholders() {
        in().write("secret.txt", "from a file");
        Settings settings = in().examine(
                        Map.of("HOST", "db.example", "SECRET", "{{env:HOST}}"),
                        "db = {{env:HOST}}:{{sys:no.such.property:5432}}",
                        "caravan.database.url = jdbc:postgresql://{{db}}/{{name:erp}}",
                        "caravan.database.username = {{file:secret.txt}}",
                        "caravan.database.password = {{env:SECRET}}")
                .settings();

        assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://db.example:5432/erp");
        assertThat(settings.database().username()).contains("from a file");
        assertThat(settings.database().password()).contains(new Secret("{{env:HOST}}"));
    }

    @Test
    void saysWhichPlaceholderHasNoValue() {
        assertThat(in().problemsOf(
                                "caravan.secrets-key = {{vault}}",
                                "caravan.log.file = {{file:nowhere}}",
                                "caravan.http.host = {{caravan.http.host}}",
                                "caravan.database.password = {{hashicorp:secret:db}}"))
                .containsExactly(
                        "line 1: caravan.secrets-key: {{vault}} has no value; set it,"
                                + " or give a default as {{vault:default}}",
                        "line 2: caravan.log.file: the file of {{file:nowhere}} cannot be read",
                        "line 3: caravan.http.host: {{caravan.http.host}} leads back to itself",
                        "line 4: caravan.database.password: {{hashicorp:…}} cannot be used in a key of Caravan;"
                                + " {{env:NAME}}, {{sys:NAME}}, {{file:NAME}} and the name of another key can");
    }
}
