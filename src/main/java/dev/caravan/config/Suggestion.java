package dev.caravan.config;

import java.util.Collection;
import java.util.Optional;

/** The known name that is nearest to a mistyped one. Stateless. */
final class Suggestion {
    private static final int FARTHEST = 3;

    private Suggestion() {}

    /** Empty where none is near: at most half of a short name may be wrong. */
    static Optional<String> nearest(String typed, Collection<String> known) {
        String best = null;
        int least = Math.min(FARTHEST, Math.max(1, typed.length() / 2)) + 1;
        for (String name : known) {
            int distance = distance(typed, name);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's edit distance. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(diagonal + change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
