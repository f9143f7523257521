package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.dataverse.DataverseSandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox as a process, and its control endpoint. */
class SandboxMainTest {
    @ParameterizedTest
    @ValueSource(strings = {"--nothing 1", "--port", "--port x", "--data other", "--rows -1", "demo"})
    void whatIsNoOptionIsRefused(String arguments) {
        assertThatThrownBy(() -> SandboxMain.settings(arguments.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(arguments.split(" ", -1)[0]);
    }

    @Test
    void theSmallBusinessIsTheDefault() {
        try (ApiSmithSandbox sandbox = SandboxMain.start(SandboxMain.settings())) {
            assertThat(sandbox.slugs()).contains("items", "customers");
        }
    }

    @Test
    void severalApisOfGeneratedRowsAreServedUncompressedAndInLargePages() {
        String[] arguments = "--data wide --rows 30 --apis 3 --page-size 5000".split(" ", -1);
        try (ApiSmithSandbox sandbox = SandboxMain.start(SandboxMain.settings(arguments))) {
            assertThat(sandbox.slugs()).containsExactly("wide_1", "wide_2", "wide_3");
            assertThat(sandbox.rows("wide_3")).hasSize(30);
            assertThat(sandbox.options().gzip()).isFalse();
            assertThat(sandbox.options().maximumPageSize()).isEqualTo(5000);
        }
    }

    @Test
    void aDataverseOfAnySizeIsServed() {
        String[] arguments = "--data dataverse --rows 300 --accounts 50 --linked 10".split(" ", -1);
        try (DataverseSandbox sandbox = SandboxMain.startDataverse(SandboxMain.settings(arguments))) {
            assertThat(sandbox.entitySets()).hasSize(23);
            assertThat(sandbox.table("accounts").size()).isEqualTo(50);
            assertThat(sandbox.table("vin_orderlines").size()).isEqualTo(48);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, slug=wide&insert=3&update=5&delete=1, 200",
        "POST, slug=wide, 200",
        "GET, slug=wide&delete=1, 405",
        "POST, slug=none&delete=1, 404",
        "POST, slug=wide&delete=x, 422"
    })
    void editsAreMadeFromOutside(String method, String query, int status) {
        String[] arguments = "--data wide --rows 30".split(" ", -1);
        try (ApiSmithSandbox sandbox = SandboxMain.start(SandboxMain.settings(arguments))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.url() + "/sandbox/edit?" + query))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer = new Caller(sandbox).send(request);
            assertThat(answer.statusCode()).isEqualTo(status);
            int rows = query.contains("insert") ? 32 : 30;
            assertThat(sandbox.rows("wide")).hasSize(rows);
            if (status == 200) {
                assertThat(answer.body()).isEqualTo("{\"rows\":" + rows + "}");
            }
            assertThat(sandbox.log().count()).isZero();
        }
    }

    @Test
    void theProcessSaysWhereItListensAndEndsWithItsInputOrOnASignal() throws IOException, InterruptedException {
        for (boolean signalled : new boolean[] {true, false}) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    SandboxMain.class.getName()));
            if (!signalled) {
                command.add("--with-stdin");
            }
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(lines.readLine()).matches("http://127\\.0\\.0\\.1:[0-9]+");
                if (signalled) {
                    process.destroy();
                } else {
                    process.getOutputStream().close();
                }
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(signalled ? 143 : 0);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
