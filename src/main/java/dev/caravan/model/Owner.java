package dev.caravan.model;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that holds a lock.
 *
 * @param host the name of its machine
 * @param pid its process id there
 * @param start when the process began, so that a reused process id is told apart
 */
public record Owner(String host, long pid, Instant start) {
    /** Where Linux tells the name of the machine without asking the network (proc(5)). */
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    /** Linux reckons start times from the wall clock, so that two readings of one process differ a little. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** This process. */
    public static Owner current() {
        ProcessHandle me = ProcessHandle.current();
        return new Owner(hostName(), me.pid(), me.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Whether the process runs, as far as this machine can see; meaningful only for owners of this host. */
    public boolean isAlive() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isPresent()
                && process.get().info().startInstant().map(this::beganAt).orElse(true);
    }

    /** Where runs say they run, {@code host:pid}. */
    public String node() {
        return host + ":" + pid;
    }

    private boolean beganAt(Instant other) {
        return Duration.between(other, start).abs().compareTo(TOLERANCE) <= 0;
    }

    private static String hostName() {
        try {
            return Files.isReadable(HOST_NAME)
                    ? Files.readString(HOST_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
