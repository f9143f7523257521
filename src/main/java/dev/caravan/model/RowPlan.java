package dev.caravan.model;

/**
 * A change of which rows a table holds that waits for a person's word.
 *
 * @param choice what is wanted from now on, as {@link #choice(String, String)} writes it
 * @param text for people: what changes, and what it would do
 */
public record RowPlan(String choice, String text) {
    private static final String FILTER = "filter=";
    private static final String LINKS = "only-linked-from=";

    /** Which rows a table holds: their condition, and what they are linked from; each empty for none. */
    public static String choice(String filter, String links) {
        return FILTER + filter.replace('\n', ' ') + "\n" + LINKS + links.replace('\n', ' ');
    }

    /** The condition of a choice; empty for none. */
    public static String filter(String choice) {
        return choice.substring(FILTER.length(), choice.indexOf('\n'));
    }

    /** What the rows of a choice are linked from; empty for all rows. */
    public static String links(String choice) {
        return choice.substring(choice.indexOf('\n') + 1 + LINKS.length());
    }

    /** The plan that was kept as text. */
    public static RowPlan of(String kept) {
        int second = kept.indexOf('\n', kept.indexOf('\n') + 1);
        return new RowPlan(kept.substring(0, second), kept.substring(second + 1));
    }

    /** The plan as one text. */
    public String kept() {
        return choice + "\n" + text;
    }
}
