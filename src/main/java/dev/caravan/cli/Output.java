package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Results on one stream, remarks on the other; text, or with {@code --json} one JSON document. */
final class Output {
    private final PrintWriter out;
    private final PrintWriter err;
    private final GlobalOptions options;

    Output(PrintWriter out, PrintWriter err, GlobalOptions options) {
        this.out = out;
        this.err = err;
        this.options = options;
    }

    boolean isJson() {
        return options.json;
    }

    boolean isQuiet() {
        return options.quiet;
    }

    /** A table, or what is said where it has no rows; as JSON a list. */
    void table(Table table, String ifEmpty) {
        if (options.json) {
            json(table.data());
        } else if (table.isEmpty()) {
            say(ifEmpty);
        } else {
            table.lines(ZoneId.systemDefault()).forEach(this::line);
        }
    }

    /** A line of a result; nothing with {@code --json}. */
    void line(String text) {
        if (!options.json) {
            out.println(text);
            out.flush();
        }
    }

    /** A line that is pleasant to have: nothing with {@code --json} or {@code --quiet}. */
    void say(String text) {
        if (!options.quiet) {
            line(text);
        }
    }

    void json(Object value) {
        out.println(Json.write(value));
        out.flush();
    }

    /** What was done: a line for people, a document for programs. */
    void done(String text, Map<String, ?> document) {
        if (options.json) {
            json(document);
        } else {
            say(text);
        }
    }

    /** A remark beside the result; nothing with {@code --quiet}. */
    void warn(String text) {
        if (!options.quiet) {
            err.println("warning: " + text);
            err.flush();
        }
    }

    /** Why the verb ends; on the result stream too where a program reads it. */
    void error(CaravanException fault) {
        if (options.json) {
            json(Map.of("error", document(fault)));
        }
        complain(String.valueOf(fault.getMessage()));
    }

    static Map<String, Object> document(CaravanException fault) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", fault.code());
        error.put("kind", fault.kind());
        error.put("message", String.valueOf(fault.getMessage()));
        return error;
    }

    /** What went wrong, for people, whatever else was asked for. */
    void complain(String text) {
        err.println("caravan: " + text);
        err.flush();
    }
}
