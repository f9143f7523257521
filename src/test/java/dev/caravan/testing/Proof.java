package dev.caravan.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the proofs of reliability are asked to do here, and where they say what happened. Safe for several threads. */
public final class Proof {
    /** Whether the long versions run: {@code mvn -Pproof verify}. */
    public static final boolean LONG = Boolean.getBoolean("caravan.proof");

    private static final Path FILE = Path.of("target", "proof.txt");

    private Proof() {}

    /** Says a line on the console, and in {@code target/proof.txt}. */
    public static synchronized void say(String line) {
        System.out.println("[proof] " + line);
        try {
            Files.createDirectories(Path.of("target"));
            Files.writeString(
                    FILE, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
