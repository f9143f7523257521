package dev.caravan.config;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A properties file in UTF-8 with the line of each key. What a line means is left to {@link Properties}; here lines are
 * only told apart. Stateless.
 */
final class PropertiesFile {
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n]");

    private PropertiesFile() {}

    /** One key with its value as written; {@code line} is its first, from 1. */
    record Entry(String key, String value, int line) {}

    /**
     * All keys in the order of the file, repeated ones too.
     *
     * @throws CaravanException CONFIGURATION_UNREADABLE if it is not there, not UTF-8 or a line has a broken escape
     */
    static List<Entry> read(Path file) {
        return parse(file, text(file));
    }

    /** The same with the text at hand; the file is only named in faults. */
    static List<Entry> parse(Path file, String text) {
        String[] lines = LINE_END.split(text, -1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (isCommentOrBlank(lines[i])) {
                continue;
            }
            int first = i + 1;
            StringBuilder logical = new StringBuilder(lines[i]);
            while (goesOn(lines[i]) && i + 1 < lines.length) {
                logical.append('\n').append(lines[++i]);
            }
            if (i + 1 < lines.length) {
                logical.append('\n');
            }
            Properties one = load(file, logical.toString(), first);
            one.forEach((key, value) -> entries.add(new Entry(key.toString(), value.toString(), first)));
        }
        return entries;
    }

    /** A whole text file, without a byte order mark. */
    static String text(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw unreadable(file + " is not a text in UTF-8", notUtf8);
        } catch (IOException failed) {
            throw unreadable(file + " cannot be read: " + reason(failed), failed);
        }
    }

    private static String reason(IOException failed) {
        String kind = failed.getClass().getSimpleName();
        return switch (kind) {
            case "NoSuchFileException" -> "it is not there";
            case "AccessDeniedException" -> "access is denied";
            default -> String.valueOf(failed.getMessage());
        };
    }

    private static CaravanException unreadable(String message, Exception cause) {
        return new CaravanException(FaultKind.CONFIGURATION, "CONFIGURATION_UNREADABLE", message, cause);
    }

    private static boolean isCommentOrBlank(String line) {
        String text = line.strip();
        return text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == '!';
    }

    private static boolean goesOn(String line) {
        int backslashes = 0;
        for (int i = line.length() - 1; i >= 0 && line.charAt(i) == '\\'; i--) {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static Properties load(Path file, String logical, int line) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
            return one;
        } catch (IOException | IllegalArgumentException broken) {
            throw unreadable(file + " line " + line + ": " + broken.getMessage(), broken);
        }
    }
}
