package dev.caravan.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file: {@code NAME=value} a line, {@code export} before it allowed. In single quotes a value is taken
 * as it stands; in double quotes {@code \n \t \" \\} are read; without quotes it ends at a blank before {@code #}.
 * Stateless.
 */
final class DotEnv {
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(.*)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private DotEnv() {}

    /** One variable; {@code line} counts from 1. */
    record Variable(String name, String value, int line) {}

    static List<Variable> read(Path file, Problems problems) {
        List<Variable> variables = new ArrayList<>();
        int number = 0;
        for (String line : PropertiesFile.text(file).lines().toList()) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                variables.add(
                        new Variable(matcher.group(1), value(matcher.group(2).strip()), number));
                continue;
            }
            problems.add(".env line " + number + " is not NAME=value");
        }
        return variables;
    }

    private static String value(String text) {
        int end = text.length() < 2 ? -1 : text.indexOf(text.charAt(0), 1);
        if (text.startsWith("'") && end > 0) {
            return text.substring(1, end);
        }
        if (text.startsWith("\"") && closing(text) > 0) {
            return unescaped(text.substring(1, closing(text)));
        }
        int comment = text.startsWith("#") ? 0 : text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }

    private static int closing(String text) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            case "t" -> "\t";
                            default -> found.group(1);
                        }));
    }
}
