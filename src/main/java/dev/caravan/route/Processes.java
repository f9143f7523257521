package dev.caravan.route;

import dev.caravan.model.Owner;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/** This process, and whether others of this host still run. Stateless. */
final class Processes {
    private Processes() {}

    static Owner current() {
        ProcessHandle me = ProcessHandle.current();
        return new Owner(host(), me.pid(), me.info().startInstant().orElse(Instant.EPOCH));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** A process id that was given to another process since counts as dead. */
    static boolean isAlive(Owner owner) {
        return ProcessHandle.of(owner.pid())
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.info().startInstant().orElse(owner.start()).equals(owner.start()))
                .orElse(false);
    }

    /** This process as the history of runs names it: {@code host/pid}. */
    static String node() {
        Owner me = current();
        return me.host() + "/" + me.pid();
    }
}
