package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of the command line and the parser say the same: every verb, every word after it, every option. */
class CommandLineDocumentTest {
    private static final Path PAGE = Path.of("docs/reference/command-line.md");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|(.*)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final List<String> EVERYWHERE = List.of("--config", "--help", "--json", "--quiet", "--version");

    @TempDir
    Path folder = Path.of("");

    private Map<String, List<String>> parsed() {
        Map<String, List<String>> verbs = new TreeMap<>();
        Context context = new Context(new Terminal(folder).surroundings(), new GlobalOptions());
        CommandLine.Model.CommandSpec root =
                CommandLines.commandLine(context, new GlobalOptions()).getCommandSpec();
        root.subcommands().forEach((name, verb) -> add(name, verb, verbs));
        return verbs;
    }

    private static void add(String name, CommandLine verb, Map<String, List<String>> verbs) {
        StringBuilder line = new StringBuilder(name);
        for (PositionalParamSpec word : verb.getCommandSpec().positionalParameters()) {
            boolean optional = word.arity().min() == 0;
            String label = word.paramLabel() + (word.arity().max() > 1 ? "…" : "");
            line.append(optional ? " [" + label + "]" : " " + label);
        }
        List<String> options = new ArrayList<>();
        for (OptionSpec option : verb.getCommandSpec().options()) {
            if (!EVERYWHERE.contains(option.longestName())) {
                options.add(option.longestName() + (option.arity().max() > 0 ? " " + option.paramLabel() : ""));
            }
        }
        verbs.put(line.toString(), options.stream().sorted().toList());
        verb.getSubcommands().forEach((sub, below) -> {
            if (!sub.equals("help")) {
                add(name + " " + sub, below, verbs);
            }
        });
    }

    private static Map<String, List<String>> documented() throws IOException {
        Map<String, List<String>> verbs = new TreeMap<>();
        boolean here = false;
        for (String line : Files.readAllLines(PAGE)) {
            here = line.startsWith("## ") ? line.equals("## Every verb and option") : here;
            Matcher row = ROW.matcher(line);
            if (here && row.matches()) {
                Matcher code = CODE.matcher(row.group(2));
                verbs.put(
                        row.group(1),
                        code.results().map(option -> option.group(1)).sorted().toList());
            }
        }
        return verbs;
    }

    @Test
    void everyVerbAndOptionIsOnThePageAndNoOther() throws IOException {
        StringBuilder table = new StringBuilder();
        parsed().forEach((verb, options) -> table.append("| `")
                .append(verb)
                .append("` | ")
                .append(options.isEmpty() ? "" : "`" + String.join("`, `", options) + "` ")
                .append("|\n"));
        assertThat(documented()).as("The table is%n%s", table).isEqualTo(parsed());
    }
}
