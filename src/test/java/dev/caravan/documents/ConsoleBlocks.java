package dev.caravan.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the blocks fenced as {@code console} of one document say: {@code $} before a command, {@code >} before each line
 * that goes on with it, and below it what it prints.
 */
final class ConsoleBlocks {
    /** Languages of blocks that are not commands. */
    private static final Set<String> NO_COMMANDS =
            Set.of("text", "yaml", "properties", "json", "sql", "java", "xml", "mermaid", "markdown", "csv");

    private ConsoleBlocks() {}

    /**
     * One command.
     *
     * @param line where it stands, from 1
     * @param command as it is typed, one line or several
     * @param output lines that it prints; a line of three dots stands for any number of lines
     */
    record Step(int line, String command, List<String> output) {}

    /** The commands of a document, in order. */
    static List<Step> read(Path document) throws IOException {
        return parse(Files.readAllLines(document));
    }

    static List<Step> parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("```")) {
                continue;
            }
            String language = lines.get(i).substring(3).trim();
            int end = end(lines, i + 1);
            if (language.equals("console")) {
                steps.addAll(steps(lines, i + 1, end));
            } else if (!NO_COMMANDS.contains(language)) {
                throw new IllegalArgumentException("Line " + (i + 1) + ": a block of '" + language
                        + "' is not run; write console for commands, or text");
            }
            i = end;
        }
        return steps;
    }

    private static int end(List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).equals("```")) {
                return i;
            }
        }
        throw new IllegalArgumentException("The block above line " + from + " has no end");
    }

    private static List<Step> steps(List<String> lines, int from, int end) {
        List<Step> steps = new ArrayList<>();
        int i = from;
        while (i < end) {
            if (!lines.get(i).startsWith("$ ")) {
                throw new IllegalArgumentException("Line " + (i + 1) + ": no command stands above this output");
            }
            int line = i + 1;
            StringBuilder command = new StringBuilder(lines.get(i++).substring(2));
            while (i < end && (lines.get(i).startsWith("> ") || lines.get(i).equals(">"))) {
                command.append('\n').append(lines.get(i++).substring(1).replaceFirst("^ ", ""));
            }
            List<String> output = new ArrayList<>();
            while (i < end && !lines.get(i).startsWith("$ ")) {
                output.add(lines.get(i++));
            }
            steps.add(new Step(line, command.toString(), output));
        }
        return steps;
    }
}
