package dev.caravan.source.dataverse;

import dev.caravan.model.Column;
import dev.caravan.model.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What is asked for the rows of one table, below the Web API's base (<a
 * href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/overview">query data</a>). Paging is
 * never asked for by an option: the answers link on. Immutable.
 */
public final class DataverseRequests {
    /** Fewer than the 500 conditions that a query may have. */
    public static final int MOST_CONDITIONS = 400;
    /** Fewer than the 32,768 characters that an address may have. */
    public static final int LONGEST = 30_000;

    private final String set;
    private final Columns columns;
    private final Optional<String> filter;
    private final List<String> select;

    /**
     * @param set the entity set
     * @param columns its layout, with the key
     * @param filter the condition that its rows are asked with; empty for all rows
     * @param select names of the properties asked for; empty for all
     */
    public DataverseRequests(String set, Columns columns, Optional<String> filter, List<String> select) {
        this.set = set;
        this.columns = columns;
        this.filter = filter;
        this.select = List.copyOf(select);
    }

    /** All rows, in the order of the key, which is the service's own and the cheapest. */
    public String all() {
        return path(select, filter, "");
    }

    /** All rows in the order of their versions, so that a row which changes meanwhile moves to the end. */
    public String allByVersion(boolean ordered) {
        return path(select, filter, ordered ? "versionnumber asc" : "");
    }

    /** All rows in the order in which they were changed, those first of which that is not known. */
    public String allByTime(boolean ordered) {
        return path(select, filter, ordered ? "modifiedon asc," + key().name() + " asc" : "");
    }

    /** Rows with a later version than this. */
    public String above(long version, boolean ordered) {
        return path(select, and("versionnumber gt " + version), ordered ? "versionnumber asc" : "");
    }

    /** Rows changed at or after a time in whole seconds, {@code 2024-06-12T14:13:25Z}. */
    public String since(String time, boolean ordered) {
        return path(select, and("modifiedon ge " + time), ordered ? "modifiedon asc," + key().name() + " asc" : "");
    }

    /** Rows changed at or after a time, and those of which that is not known, in no order. */
    public String changed(String time) {
        return path(select, and("(modifiedon ge " + time + " or modifiedon eq null)"), "");
    }

    /** How many rows there are; the service counts to 5000. */
    public String count() {
        return set + "/$count"
                + filter.map(text -> "?$filter=" + ODataText.encode(text)).orElse("");
    }

    /** The same requests with one more condition. */
    public DataverseRequests where(String condition) {
        return new DataverseRequests(set, columns, and(condition), select);
    }

    /** The keys of all rows. */
    public String keys() {
        return path(columns.keyNames(), filter, "");
    }

    /** The same with their versions. */
    public String keysAndVersions() {
        List<String> both = new ArrayList<>(columns.keyNames());
        both.add("versionnumber");
        return path(both, filter, "");
    }

    /** The keys of those of some rows that are there still. */
    public String present(List<String> keys) {
        return path(columns.keyNames(), and("(" + any(keys) + ")"), "");
    }

    /** Rows by their keys: by the function for a list of values, or by so many conditions. */
    public String rows(List<String> keys, boolean function) {
        if (!function) {
            return path(select, and("(" + any(keys) + ")"), "");
        }
        StringJoiner values = new StringJoiner("\",\"", "[\"", "\"]");
        keys.forEach(key -> values.add(key.replace("\\", "\\\\").replace("\"", "\\\"")));
        String named = "Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)";
        return path(select, and(named), "") + "&@p1='" + key().name() + "'&@p2=" + ODataText.encode(values.toString());
    }

    /** The keys in pieces that a request of either kind can hold. */
    public List<List<String>> pieces(List<String> keys) {
        int each = ODataText.encode(condition(keys.isEmpty() ? "" : keys.get(0)) + " or ")
                .length();
        int most = Math.max(
                1, Math.min(MOST_CONDITIONS, (LONGEST - present(List.of()).length() - 500) / each));
        List<List<String>> pieces = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += most) {
            pieces.add(List.copyOf(keys.subList(from, Math.min(keys.size(), from + most))));
        }
        return pieces;
    }

    private Column key() {
        return columns.get(columns.keyIndexes()[0]);
    }

    private String any(List<String> keys) {
        StringJoiner conditions = new StringJoiner(" or ");
        keys.forEach(value -> conditions.add(condition(value)));
        return conditions.toString();
    }

    private String condition(String value) {
        return key().name() + " eq " + ODataText.literal(key(), value);
    }

    private Optional<String> and(String condition) {
        return Optional.of(filter.map(own -> "(" + own + ") and " + condition).orElse(condition));
    }

    private String path(List<String> properties, Optional<String> condition, String order) {
        StringJoiner options = new StringJoiner("&", set + "?", "").setEmptyValue(set);
        if (!properties.isEmpty()) {
            options.add("$select=" + ODataText.encode(String.join(",", properties)));
        }
        condition.ifPresent(text -> options.add("$filter=" + ODataText.encode(text)));
        if (!order.isEmpty()) {
            options.add("$orderby=" + ODataText.encode(order));
        }
        return options.toString();
    }
}
