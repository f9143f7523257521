package dev.caravan.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code version}: says which Caravan and which Java this is. */
@Command(name = "version", description = "Say which version this is.")
final class VersionVerb implements Callable<Integer> {
    private final Context context;

    VersionVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String java = Runtime.version().toString();
        if (context.output().isJson()) {
            Map<String, String> document = new LinkedHashMap<>();
            document.put("name", "caravan");
            document.put("version", Version.text());
            document.put("java", java);
            context.output().json(document);
        }
        context.output().line("caravan " + Version.text() + " (Java " + java + ")");
        return ExitCode.OK.number();
    }
}
