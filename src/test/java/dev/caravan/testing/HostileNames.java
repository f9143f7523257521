package dev.caravan.testing;

import java.util.ArrayList;
import java.util.List;

/** Names of columns that remote metadata may hold to do harm, or by accident. */
public final class HostileNames {
    private HostileNames() {}

    /** Each of another kind; none is like another but for its case. */
    public static List<String> all() {
        List<String> names = new ArrayList<>(distinct());
        names.addAll(List.of("Name", "NAME", "name", "a\0", "a", "a\u0001"));
        return names;
    }

    /** The same without those that need a suffix because of one another. */
    public static List<String> distinct() {
        List<String> names = new ArrayList<>(List.of(
                "select",
                "table",
                "order",
                "rowid",
                "ctid",
                "xmin",
                "_bridge_id",
                "_bridge_extra",
                "_BRIDGE_HASH",
                "\"",
                "\"\"; DROP TABLE items; --",
                "'; DELETE FROM items; --",
                "`tick`",
                "[bracket]",
                "back\\slash",
                "percent%under_score",
                "question?mark",
                ":?${bean:evil?method=run}",
                ":#named",
                "#",
                "PO#",
                "${header.x}",
                "{{env:HOME}}",
                "/* comment */",
                "-- comment",
                "new\nline",
                "tab\tstop",
                "bell\u0007",
                "\0",
                " ",
                "  leading",
                "trailing  ",
                "😀",
                "half \uD83D pair",
                "\u202Eright to left",
                "zero\u200Bwidth",
                "İstanbul",
                "名前",
                "e\u0301"));
        names.add("x".repeat(200));
        names.add("x".repeat(199) + "y");
        names.add("ä".repeat(100));
        names.add("😀".repeat(50));
        return names;
    }
}
