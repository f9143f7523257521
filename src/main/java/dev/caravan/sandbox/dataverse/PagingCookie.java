package dev.caravan.sandbox.dataverse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page begins, as the service packs it into {@code $skiptoken}: XML in XML, each encoded in its own way.
 *
 * @param page number of the next page
 * @param marks first and last value of the columns the page before was sorted by, the key at the end
 * @param tracking whether changes are tracked
 * @param opaque whether the inner XML is in base64, as virtual tables have it
 */
record PagingCookie(int page, List<Mark> marks, boolean tracking, boolean opaque) {
    private static final Pattern OUTER = Pattern.compile(
            "<cookie pagenumber=\"(\\d{1,9})\" pagingcookie=\"([^\"]*)\" istracking=\"(True|False)\" />");
    private static final Pattern INNER = Pattern.compile("<cookie page=\"\\d+\">(.*)</cookie>", Pattern.DOTALL);
    private static final Pattern MARK =
            Pattern.compile("<(\\w+) (?:last=\"([^\"]*)\"|lastnull=\"1\") (?:first=\"([^\"]*)\"|firstnull=\"1\") />");

    /** One column of the page before; null values for NULL. */
    record Mark(
            String column, @Nullable String last, @Nullable String first) {}

    /** As it goes into a link. */
    String encoded() {
        StringBuilder inner = new StringBuilder("<cookie page=\"" + (page - 1) + "\">");
        for (Mark mark : marks) {
            inner.append('<').append(mark.column());
            attribute(inner, "last", mark.last());
            attribute(inner, "first", mark.first());
            inner.append(" />");
        }
        inner.append("</cookie>");
        return Links.value("<cookie pagenumber=\"" + page + "\" pagingcookie=\"" + packed(inner.toString())
                + "\" istracking=\"" + (tracking ? "True" : "False") + "\" />");
    }

    /** What a link's decoded {@code $skiptoken} says; refused where it says nothing. */
    static PagingCookie decode(String text) {
        Matcher outer = OUTER.matcher(text);
        if (!outer.matches()) {
            throw malformed();
        }
        boolean opaque = !outer.group(2).startsWith("%");
        Matcher inner = INNER.matcher(opaque ? unpacked(outer.group(2)) : Links.decoded(outer.group(2)));
        if (!inner.matches()) {
            throw malformed();
        }
        List<Mark> marks = new ArrayList<>();
        Matcher mark = MARK.matcher(inner.group(1));
        int end = 0;
        while (mark.find() && mark.start() == end) {
            marks.add(new Mark(mark.group(1), plain(mark.group(2)), plain(mark.group(3))));
            end = mark.end();
        }
        if (end < inner.group(1).length() || marks.isEmpty()) {
            throw malformed();
        }
        return new PagingCookie(
                Integer.parseInt(outer.group(1)), marks, outer.group(3).equals("True"), opaque);
    }

    Optional<Mark> mark(String column) {
        return marks.stream().filter(mark -> mark.column().equals(column)).findFirst();
    }

    /** The last value of a column of which the cookie must have one. */
    String last(String column) {
        String last = mark(column).orElseThrow(PagingCookie::malformed).last();
        if (last == null) {
            throw malformed();
        }
        return last;
    }

    private String packed(String xml) {
        return opaque ? Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8)) : Links.inner(xml);
    }

    private static String unpacked(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    static Refusal malformed() {
        return Refusal.bad("Malformed XML in the Paging Cookie");
    }

    private static void attribute(StringBuilder xml, String name, @Nullable String value) {
        xml.append(' ').append(name);
        if (value == null) {
            xml.append("null=\"1\"");
            return;
        }
        String escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        xml.append("=\"").append(escaped).append('"');
    }

    private static @Nullable String plain(@Nullable String escaped) {
        if (escaped == null) {
            return null;
        }
        return escaped.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&");
    }
}
