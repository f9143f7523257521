package dev.caravan.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.LoggerFactory;

/**
 * SIGINT and SIGTERM while something is under way: the first asks it to stop and gives it twenty seconds, the second ends
 * the process at once; state is safe either way. The JDK's signal class ({@code sun.misc.Signal} of the module jdk.unsupported) is reached by
 * reflection, because the compiler warns of it in a way that cannot be switched off. Safe for several threads.
 */
final class Signals implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<ExitCode> received = new AtomicReference<>();
    private final List<Runnable> restore = new ArrayList<>();
    private final Runnable stop;

    private Signals(Runnable stop) {
        this.stop = stop;
    }

    /** @param stop called once, from a thread of its own, at the first signal; must return soon */
    static Signals listen(Runnable stop) {
        Signals signals = new Signals(stop);
        signals.handle("INT", ExitCode.INTERRUPTED);
        signals.handle("TERM", ExitCode.TERMINATED);
        return signals;
    }

    /** The code of the signal that came; empty if none did. */
    Optional<ExitCode> received() {
        return Optional.ofNullable(received.get());
    }

    private void handle(String name, ExitCode code) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Object signal = signalClass.getConstructor(String.class).newInstance(name);
            Method handle = signalClass.getMethod("handle", signalClass, handlerClass);
            Object mine = Proxy.newProxyInstance(
                    handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            arrived(code);
                        }
                        return null;
                    });
            Object before = handle.invoke(null, signal, mine);
            restore.add(() -> call(handle, signal, before));
        } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
            LoggerFactory.getLogger(Signals.class)
                    .info("SIG{} is left to the Java machine: {}", name, unavailable.toString());
        }
    }

    private static void call(Method handle, Object signal, Object handler) {
        try {
            handle.invoke(null, signal, handler);
        } catch (IllegalAccessException | InvocationTargetException unavailable) {
            LoggerFactory.getLogger(Signals.class).info("A signal handler stays", unavailable);
        }
    }

    private void arrived(ExitCode code) {
        if (!received.compareAndSet(null, code)) {
            Runtime.getRuntime().halt(code.number());
        }
        start("stop", stop);
        start("stop at the latest", () -> haltWhenLate(code));
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void haltWhenLate(ExitCode code) {
        try {
            if (!closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(code.number());
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the signals back to the Java machine. */
    @Override
    public void close() {
        restore.forEach(Runnable::run);
        restore.clear();
        closed.countDown();
    }
}
