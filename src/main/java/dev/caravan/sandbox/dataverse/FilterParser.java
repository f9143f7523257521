package dev.caravan.sandbox.dataverse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code $filter}. Not thread-safe; made for one text. */
final class FilterParser {
    private static final int MOST_CONDITIONS = 500;
    private static final int DEEPEST = 100;
    private static final String IN = "Microsoft.Dynamics.CRM.In";
    private static final Set<String> TEXT_FUNCTIONS = Set.of("contains", "startswith", "endswith");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");
    private static final Pattern LITERAL = Pattern.compile("'(?:[^']++|'')*+'|[^\\s(),']+");
    private static final Pattern IN_CALL = Pattern.compile(
            "\\(PropertyName=(@\\w+|'[^']*'),\\s*PropertyValues=(@\\w+|\\[(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|[^\\]\"])*+\\])\\)");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"");

    private final String text;
    private final TableStore table;
    private final boolean inFunction;
    private final Function<String, String> aliases;
    private int at;
    private int conditions;
    private int depth;

    private FilterParser(String text, TableStore table, boolean inFunction, Function<String, String> aliases) {
        this.text = text;
        this.table = table;
        this.inFunction = inFunction;
        this.aliases = aliases;
    }

    /**
     * Reads a filter on a table.
     *
     * @param inFunction whether the function {@code In} is understood
     * @param aliases the value of a parameter by its name with the at sign; empty text for none
     * @throws Refusal where it is not understood or has too many conditions
     */
    static Filter parse(String text, TableStore table, boolean inFunction, Function<String, String> aliases) {
        FilterParser parser = new FilterParser(text, table, inFunction, aliases);
        Filter filter = parser.or();
        parser.blanks();
        if (parser.at < text.length()) {
            throw parser.syntax();
        }
        return filter;
    }

    private Filter or() {
        List<Filter> parts = new ArrayList<>(List.of(and()));
        while (keyword("or")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Filter.Or(List.copyOf(parts));
    }

    private Filter and() {
        List<Filter> parts = new ArrayList<>(List.of(term()));
        while (keyword("and")) {
            parts.add(term());
        }
        return parts.size() == 1 ? parts.get(0) : new Filter.And(List.copyOf(parts));
    }

    private Filter term() {
        depth++;
        if (depth > DEEPEST) {
            throw Refusal.bad("Recursion depth exceeded allowed limit.");
        }
        Filter filter = nested();
        depth--;
        return filter;
    }

    private Filter nested() {
        blanks();
        if (at < text.length() && text.charAt(at) == '(') {
            at++;
            Filter inner = or();
            expect(")");
            return inner;
        }
        if (keyword("not")) {
            return new Filter.Not(term());
        }
        String word = match(WORD);
        if (word.equals(IN)) {
            return among();
        }
        return TEXT_FUNCTIONS.contains(word) && text.startsWith("(", at) ? like(word) : comparison(word);
    }

    private Filter comparison(String property) {
        blanks();
        String word = match(WORD);
        if (word.equals("in")) {
            throw unsupportedIn();
        }
        Filter.Operator operator = Filter.Operator.of(word).orElseThrow(this::syntax);
        blanks();
        String literal = match(LITERAL);
        count(1);
        StoredColumn column = column(property);
        if (literal.equals("null")) {
            return new Filter.Comparison(column, operator, null);
        }
        Comparable<?> value = Values.literal(column, literal, operator.kind());
        boolean pattern = column.column().kind().isText() && value.toString().matches("(?s).*[%_\\[].*");
        if (!pattern || operator != Filter.Operator.EQ && operator != Filter.Operator.NE) {
            return new Filter.Comparison(column, operator, value);
        }
        Filter like = new Filter.Like(column, Filter.Like.pattern(value.toString()));
        return operator == Filter.Operator.EQ ? like : new Filter.Not(like);
    }

    private Filter like(String function) {
        expect("(");
        blanks();
        StoredColumn column = column(match(WORD));
        expect(",");
        blanks();
        String literal = match(LITERAL);
        expect(")");
        if (!literal.startsWith("'") || !column.column().kind().isText()) {
            throw Refusal.bad("No function signature for the function with name '" + function
                    + "' matches the specified arguments.");
        }
        count(1);
        String part = Values.unquoted(literal);
        String before = function.equals("startswith") ? "" : "%";
        String after = function.equals("endswith") ? "" : "%";
        return new Filter.Like(column, Filter.Like.pattern(before + part + after));
    }

    /** The function {@code In}: each of its values counts as a condition. */
    private Filter among() {
        if (!inFunction) {
            throw unsupportedIn();
        }
        Matcher call = IN_CALL.matcher(text).region(at, text.length());
        if (!call.lookingAt()) {
            throw syntax();
        }
        at = call.end();
        String property = value(call.group(1));
        if (!property.startsWith("'") || property.length() < 2) {
            throw syntax();
        }
        StoredColumn column = column(Values.unquoted(property));
        Set<String> values = new TreeSet<>();
        Matcher quoted = QUOTED.matcher(value(call.group(2)));
        while (quoted.find()) {
            count(1);
            values.add(quoted.group(1).replaceAll("\\\\(.)", "$1").toLowerCase(Locale.ROOT));
        }
        if (values.isEmpty()) {
            throw Refusal.bad("The value of PropertyValues is not a collection of texts.");
        }
        if (column.column().kind().isId() && !values.stream().allMatch(Guids::isId)) {
            throw Refusal.bad("Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).");
        }
        return new Filter.Among(column, values);
    }

    private String value(String argument) {
        return argument.startsWith("@") ? aliases.apply(argument) : argument;
    }

    private StoredColumn column(String property) {
        return table.columns().stream()
                .filter(column -> column.column().property().equals(property))
                .findFirst()
                .orElseThrow(
                        () -> Refusal.noProperty(property, table.description().logicalName()));
    }

    private void count(int more) {
        conditions += more;
        if (conditions > MOST_CONDITIONS) {
            throw new Refusal(400, "0x8004430C", "Number of conditions in query exceeded maximum limit.");
        }
    }

    private boolean keyword(String word) {
        blanks();
        int end = at + word.length();
        boolean there = text.startsWith(word, at)
                && end < text.length()
                && (Character.isWhitespace(text.charAt(end)) || text.charAt(end) == '(');
        at = there ? end : at;
        return there;
    }

    private String match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw syntax();
        }
        at = matcher.end();
        return matcher.group();
    }

    private void expect(String symbol) {
        blanks();
        if (!text.startsWith(symbol, at)) {
            throw syntax();
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Refusal syntax() {
        return Refusal.bad("Syntax error at position " + at + " in '" + text + "'.");
    }

    private static Refusal unsupportedIn() {
        return new Refusal(501, "0x8006088a", "The query node In is not supported");
    }
}
