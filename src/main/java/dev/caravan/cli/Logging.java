package dev.caravan.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.caravan.config.Settings;
import org.slf4j.LoggerFactory;

/** Sets the log up as configured: on the error stream, or into a file; libraries only from warnings on. */
final class Logging {
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n";

    private Logging() {}

    /** Only warnings and errors, for verbs that print their own results. */
    static void quiet() {
        root().setLevel(Level.ERROR);
    }

    static void configure(Settings.Log log) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = root();
        root.detachAndStopAllAppenders();
        root.addAppender(appender(context, log));
        root.setLevel(Level.WARN);
        context.getLogger("dev.caravan").setLevel(Level.toLevel(log.level()));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static Appender<ILoggingEvent> appender(LoggerContext context, Settings.Log log) {
        OutputStreamAppender<ILoggingEvent> appender = log.file()
                .<OutputStreamAppender<ILoggingEvent>>map(file -> {
                    FileAppender<ILoggingEvent> toFile = new FileAppender<>();
                    toFile.setFile(file.toString());
                    return toFile;
                })
                .orElseGet(() -> {
                    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
                    console.setTarget("System.err");
                    return console;
                });
        appender.setContext(context);
        appender.setEncoder(encoder(context, log));
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, Settings.Log log) {
        if (log.json()) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(LINE);
        text.start();
        return text;
    }
}
