package dev.caravan.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java process beside this one, with the same classes. It ends when it is closed. */
final class Child implements AutoCloseable {
    private static final Pattern HEAP_BEFORE = Pattern.compile(" (\\d+)M->");
    private static final String CARAVAN = "dev.caravan.Caravan";
    private static final String SANDBOX = "dev.caravan.sandbox.SandboxMain";

    private final Process process;
    private final String line;

    private Child(Process process, String line) {
        this.process = process;
        this.line = line;
    }

    /** What a run of Caravan took: seconds from start to end, and the largest heap before a collection in MB. */
    record Measured(double seconds, int heap) {}

    /** The source of many rows; its line is its URL. */
    static Child sandbox(int rows) throws IOException {
        return start(List.of("-Xmx1g"), SANDBOX, "--data", "wide", "--rows", "" + rows);
    }

    /** A whole Dataverse; its line is its URL, a blank, and that of its login host. */
    static Child dataverse(int records, int latency) throws IOException {
        return start(
                List.of("-Xmx1g"), SANDBOX, "--data", "dataverse", "--rows", "" + records, "--latency", "" + latency);
    }

    /** Caravan as this process runs, serving. */
    static Child serve(Path config) throws IOException {
        return start(flags(), CARAVAN, "serve", "--config", config.toString());
    }

    private static Child start(List<String> flags, String main, String... arguments) throws IOException {
        Process process = new ProcessBuilder(command(flags, main, arguments))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringJoiner line = new StringJoiner(" ");
        for (int i = 0; i < lines(main, arguments); i++) {
            String next = reader.readLine();
            if (next == null) {
                process.destroy();
                throw new IOException(main + " did not start");
            }
            line.add(next);
        }
        return new Child(process, line.toString());
    }

    private static int lines(String main, String... arguments) {
        return main.equals(CARAVAN) ? 0 : List.of(arguments).contains("dataverse") ? 2 : 1;
    }

    /** What it printed first, in one line; empty for Caravan. */
    String line() {
        return line;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Seconds that the floor took. */
    static double floor(String source, String database, boolean sameTable) throws IOException, InterruptedException {
        return floor("dev.caravan.bench.Floor", sameTable, "--url", source, "--database", database);
    }

    /** The same for a whole Dataverse. */
    static double dataverseFloor(String source, String database, boolean sameTable)
            throws IOException, InterruptedException {
        return floor("dev.caravan.bench.DataverseFloor", sameTable, source, database);
    }

    private static double floor(String main, boolean sameTable, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (sameTable) {
            all.add("--same-table");
        }
        Process process = new ProcessBuilder(command(List.of("-Xmx2g"), main, all.toArray(new String[0])))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the floor ended with " + process.exitValue());
        }
        return new ObjectMapper().readTree(text).path("seconds").asDouble();
    }

    /** One sync from the start of the process to its end. */
    static Measured sync(Path config, Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("gc.log");
        List<String> flags = new ArrayList<>(flags());
        flags.add("-Xlog:gc:file=" + log);
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command(flags, CARAVAN, "sync", "--config", config.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("sync.log").toFile())
                .start();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (code != 0) {
            throw new IOException(
                    "caravan sync ended with " + code + ": " + Files.readString(folder.resolve("sync.log")));
        }
        return new Measured(seconds, largestHeap(log));
    }

    private static int largestHeap(Path log) throws IOException {
        int largest = 0;
        for (String entry : Files.readAllLines(log)) {
            Matcher before = HEAP_BEFORE.matcher(entry);
            if (before.find()) {
                largest = Math.max(largest, Integer.parseInt(before.group(1)));
            }
        }
        return largest;
    }

    /** Changes rows at the source. */
    static void edit(String source, int rows) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(source + "/sandbox/edit?slug=wide&update=" + rows))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException("the source refused the edit with " + status);
        }
    }

    /** The flags of this process, which the launcher chose for measuring as for syncing. */
    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    private static List<String> command(List<String> flags, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
