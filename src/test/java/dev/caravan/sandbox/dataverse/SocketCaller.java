package dev.caravan.sandbox.dataverse;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Someone who puts requests on a socket as they are, so that nothing is encoded by anybody else. */
final class SocketCaller {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final DataverseSandbox sandbox;

    SocketCaller(DataverseSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** An answer; header names in lower case, several of one name on a line each. */
    record Reply(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String code() {
            return json().at("/error/code").asText();
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A request for what follows the root, with the ready token and more header lines. */
    Reply get(String resource, String... headers) {
        return target(DataverseSandbox.DATA + resource, headers);
    }

    /** The same for a link as it was given. */
    Reply follow(String link, String... headers) {
        return target(link.substring(sandbox.url().length()), headers);
    }

    Reply target(String target, String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.add("Authorization: Bearer " + sandbox.token());
        return send(sandbox.url(), "GET " + target + " HTTP/1.1", lines, "");
    }

    /** The rows of a good answer. */
    JsonNode rows(String resource, String... headers) {
        Reply reply = get(resource, headers);
        if (reply.status() != 200) {
            throw new IllegalStateException(reply.status() + " " + reply.body());
        }
        return reply.json().path("value");
    }

    /** All pages; gives the rows, and what the last page said. */
    JsonNode pages(String resource, List<JsonNode> rows, String... headers) {
        JsonNode page = get(resource, headers).json();
        while (true) {
            page.path("value").forEach(rows::add);
            if (!page.has("@odata.nextLink")) {
                return page;
            }
            page = follow(page.path("@odata.nextLink").asText(), headers).json();
        }
    }

    Reply login(String tenant, String form) {
        return send(
                sandbox.loginUrl(),
                "POST /" + tenant + "/oauth2/v2.0/token HTTP/1.1",
                List.of("Content-Type: application/x-www-form-urlencoded"),
                form);
    }

    static Reply send(String server, String requestLine, List<String> headers, String body) {
        StringBuilder request = new StringBuilder(requestLine).append("\r\nHost: x\r\nConnection: close\r\n");
        headers.forEach(line -> request.append(line).append("\r\n"));
        request.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body);
        URI url = URI.create(server);
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return read(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply read(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Reply(0, Map.of(), "");
        }
        Map<String, String> headers = new TreeMap<>();
        String[] lines = text.substring(0, end).split("\r\n", -1);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).trim(),
                    (one, other) -> one + "\n" + other);
        }
        return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, text.substring(end + 4));
    }
}
