package dev.caravan.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.caravan.config.Settings;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The log: libraries warn only, Caravan speaks as the settings say, every line names run and entity. Logback finds this
 * class as a service and so starts quietly, on the standard error.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level logger=%logger{0} run=%X{run:--} entity=%X{entity:--} %msg%n";

    /** A verb that cannot open its database says so itself, in one line. */
    private static final String POOL = "com.zaxxer.hikari";

    /** They tell, with all that called them, of failed transactions that are tried again, or end a run that says why. */
    private static final List<String> TALKATIVE = List.of(
            "org.apache.camel.spring.spi.TransactionErrorHandler",
            "org.apache.camel.processor.aggregate.AggregateProcessor",
            "org.springframework.transaction.support.TransactionTemplate");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console(context, false, Level.TRACE));
        context.getLogger(POOL).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Sets the log up as the settings say.
     *
     * @param loud whether the console gets every line; else only warnings, unless the level asks for details
     */
    static void apply(Settings.Log log, boolean loud) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Level level = Level.toLevel(log.level());
        context.getLogger("dev.caravan").setLevel(level);
        context.getLogger(POOL).setLevel(loud ? Level.WARN : Level.OFF);
        boolean details = !level.isGreaterOrEqual(Level.INFO);
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(details ? Level.WARN : Level.OFF));
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        boolean asked = loud || !level.isGreaterOrEqual(Level.INFO);
        if (log.file().isEmpty()) {
            root.addAppender(console(context, log.json(), asked ? Level.TRACE : Level.WARN));
            return;
        }
        FileAppender<ILoggingEvent> file = new FileAppender<>();
        file.setFile(log.file().get().toString());
        start(file, context, log.json(), Level.TRACE);
        root.addAppender(file);
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, boolean json, Level least) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        start(console, context, json, least);
        return console;
    }

    private static void start(
            OutputStreamAppender<ILoggingEvent> appender, LoggerContext context, boolean json, Level least) {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(least.toString());
        filter.start();
        appender.setContext(context);
        appender.addFilter(filter);
        appender.setEncoder(encoder(context, json));
        appender.start();
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, boolean json) {
        if (json) {
            JsonEncoder encoder = new JsonEncoder();
            encoder.setContext(context);
            encoder.start();
            return encoder;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }
}
