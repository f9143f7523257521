package dev.caravan.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A script of {@code complete} commands, by which fish completes verbs and options. Not safe for several threads. */
final class FishCompletion {
    private static final String SEEN = "__fish_seen_subcommand_from ";

    private final StringBuilder script = new StringBuilder("# fish completion for caravan\ncomplete -c caravan -f\n");

    private FishCompletion() {}

    static String of(CommandSpec root) {
        FishCompletion completion = new FishCompletion();
        completion.words(root, List.of());
        return completion.script.toString();
    }

    private void words(CommandSpec command, List<String> path) {
        List<String> verbs = new ArrayList<>(command.subcommands().keySet());
        List<String> conditions =
                new ArrayList<>(path.stream().map(verb -> SEEN + verb).toList());
        for (OptionSpec option : command.options()) {
            option(option, conditions);
        }
        for (PositionalParamSpec word : command.positionalParameters()) {
            words(word).ifPresent(some -> line(conditions, "-a '" + some + "'", String.join(" ", word.description())));
        }
        conditions.add("not " + SEEN + String.join(" ", verbs));
        command.subcommands().forEach((name, verb) -> {
            line(conditions, "-a " + name, description(verb));
            List<String> below = new ArrayList<>(path);
            below.add(name);
            words(verb.getCommandSpec(), below);
        });
    }

    private void option(OptionSpec option, List<String> conditions) {
        if (option.hidden()) {
            return;
        }
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                    .append(' ');
        }
        if (option.arity().max() > 0) {
            names.append(words(option).map(some -> "-x -a '" + some + "' ").orElse(isFile(option) ? "-r -F " : "-x "));
        }
        line(conditions, names.toString().strip(), String.join(" ", option.description()));
    }

    /** The words that may stand there; empty where it may be anything. */
    private static Optional<String> words(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        return candidates == null ? Optional.empty() : Optional.of(String.join(" ", candidates));
    }

    private static boolean isFile(OptionSpec option) {
        return Path.class.isAssignableFrom(option.type());
    }

    /** picocli's own descriptions begin new lines with {@code %n}. */
    private static String description(CommandLine verb) {
        String text = String.join(" ", verb.getCommandSpec().usageMessage().description());
        return text.replace("%n", " ").strip();
    }

    private void line(List<String> conditions, String what, String description) {
        String when = conditions.isEmpty() ? "" : "-n '" + String.join("; and ", conditions) + "' ";
        String escaped = description.replace("\\", "\\\\").replace("'", "\\'");
        script.append("complete -c caravan ")
                .append(when)
                .append(what)
                .append(" -d '")
                .append(escaped)
                .append("'\n");
    }
}
