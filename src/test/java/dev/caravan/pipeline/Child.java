package dev.caravan.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Caravan as a process of its own, from the jar that was built. */
final class Child {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Process process;
    private final Path output;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts {@code sync} with a configuration and options. */
    static Child sync(Path configuration, String... options) throws IOException {
        Path jar = Path.of(System.getProperty("caravan.jar", "target/caravan-0.1.0.jar"))
                .toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar + System.getProperty("path.separator") + jar.resolveSibling("lib") + "/*",
                "dev.caravan.Caravan",
                "--config",
                configuration.toString(),
                "sync",
                "--quiet"));
        command.addAll(List.of(options));
        Path output = configuration.resolveSibling("output-" + NUMBER.incrementAndGet() + ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Child(process, output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** {@code kill -9}; answers whether it was alive. */
    boolean kill() throws InterruptedException {
        boolean alive = process.isAlive();
        process.destroyForcibly().waitFor();
        return alive;
    }

    /** Waits until it ends by itself; answers its exit code. */
    int end() throws InterruptedException {
        return process.waitFor();
    }

    /** What it said. */
    String said() throws IOException {
        return Files.readString(output);
    }
}
