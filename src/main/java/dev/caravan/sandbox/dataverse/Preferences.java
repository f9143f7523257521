package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code Prefer} headers ask for and can be had.
 *
 * @param pageSize rows a page; null where none was asked for, or one beyond 5000
 * @param annotations the names of annotations wanted, {@code *} for all; empty for none
 * @param track whether changes are to be tracked
 */
record Preferences(@Nullable Integer pageSize, List<String> annotations, boolean track) {
    private static final int LARGEST = 5000;
    private static final Pattern PREFERENCE =
            Pattern.compile("\\s*([A-Za-z.-]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|([^,;\\s]*)))?\\s*(?:[,;]|$)");

    static Preferences of(String header) {
        Integer pageSize = null;
        List<String> annotations = List.of();
        boolean track = false;
        Matcher preference = PREFERENCE.matcher(header);
        while (preference.find()) {
            String value = preference.group(2) == null ? preference.group(3) : preference.group(2);
            switch (preference.group(1)) {
                case "odata.maxpagesize" -> pageSize = size(value);
                case "odata.include-annotations" -> annotations = value == null ? List.of() : names(value);
                case "odata.track-changes" -> track = true;
                default -> {}
            }
        }
        return new Preferences(pageSize, annotations, track);
    }

    /** What is granted, as {@code Preference-Applied} says it; empty for nothing. */
    String applied() {
        List<String> applied = new ArrayList<>();
        if (track) {
            applied.add("odata.track-changes");
        }
        if (pageSize != null) {
            applied.add("odata.maxpagesize=" + pageSize);
        }
        if (!annotations.isEmpty()) {
            applied.add("odata.include-annotations=\"" + String.join(",", annotations) + "\"");
        }
        return String.join(",", applied);
    }

    boolean wants(String annotation) {
        for (String wanted : annotations) {
            boolean all = wanted.endsWith("*") && annotation.startsWith(wanted.substring(0, wanted.length() - 1));
            if (all || wanted.equals(annotation)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> names(String value) {
        return List.of(value.split("\\s*,\\s*", -1));
    }

    private static @Nullable Integer size(@Nullable String value) {
        if (value == null || !value.matches("[0-9]{1,9}")) {
            return null;
        }
        int size = Integer.parseInt(value);
        return size >= 1 && size <= LARGEST ? size : null;
    }
}
