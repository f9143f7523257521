package dev.caravan.target.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The versions of one table's rows: a row that is there has one open version, which is as the row is, and one that is gone
 * has none. Each method is a statement or two for all rows it concerns, in the caller's transaction, after they are
 * written. A clock that was put back opens no version before the end of the last one. Stateless but for the database.
 */
public final class RowVersions {
    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final Audit audit;
    private final String name;
    private final List<String> columns;
    private final String from;
    private final String to;

    /**
     * @param name ready for SQL
     * @param columns that versions have in common with rows, quoted
     * @param from column for when a version was first seen
     * @param to column for when it was seen to be over; null while it is open
     */
    RowVersions(DataSource dataSource, TargetTable table, String name, List<String> columns, String from, String to) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.table = table;
        this.audit = table.audit();
        this.name = name;
        this.columns = List.copyOf(columns);
        this.from = from;
        this.to = to;
    }

    /** Opens versions of rows of a first load, whose identities lie between two. */
    void loaded(String first, String last, Instant now) {
        String id = "t." + audit.foundBy().get(0);
        jdbc.update(
                open(false) + " FROM " + table.name() + " t WHERE " + id + " BETWEEN ? AND ? AND " + audit.live("t.")
                        + " ON CONFLICT DO NOTHING",
                table.time(now),
                first,
                last);
    }

    /**
     * Closes the open versions of rows that were written and are not as they were, and opens those that are missing.
     *
     * @param arrivals the rows of the transaction joined with the table, called t
     * @param now as it stands in the rows that were written
     */
    void written(String arrivals, Instant now) {
        Object time = table.time(now);
        String some = arrivals + " WHERE t." + audit.touched().column() + " = ?";
        jdbc.update(
                close() + " AND " + row("v.") + " IN (SELECT " + each("t.", audit.foundBy()) + " FROM " + some
                        + ") AND NOT EXISTS (SELECT 1 FROM " + table.name() + " t WHERE " + sameRow() + " AND "
                        + audit.live("t.") + " AND " + tuple("t.") + " IS NOT DISTINCT FROM " + tuple("v.") + ")",
                time,
                time,
                time);
        jdbc.update(
                open(true) + " FROM " + some + " AND " + audit.live("t.") + " ON CONFLICT DO NOTHING",
                time,
                time,
                time);
    }

    /** Closes the open versions of rows that are marked as deleted, by keys of one column. */
    void gone(List<String> keys, Instant now) {
        String key = "v." + table.keyColumns().get(0);
        for (int at = 0; at < keys.size(); at += TargetTable.KEYS_AT_ONCE) {
            List<String> some = keys.subList(at, Math.min(keys.size(), at + TargetTable.KEYS_AT_ONCE));
            List<Object> parameters = new ArrayList<>(List.of(table.time(now), table.time(now)));
            parameters.addAll(some);
            jdbc.update(
                    close() + " AND " + table.dialect().keysIn(List.of(key), some.size()) + " AND " + isGone(),
                    parameters.toArray());
        }
    }

    /** Closes the open versions of all rows that are marked as deleted, or are there no more. */
    void closeGone(Instant now) {
        jdbc.update(close() + " AND " + isGone(), table.time(now), table.time(now));
    }

    /** Forgets the versions of rows that were taken out because their key came twice in a first load. */
    void forgetTakenOut() {
        jdbc.update("DELETE FROM " + name + " AS v WHERE v." + to + " IS NULL AND " + isGone());
    }

    /** Makes up for rows that somebody else has taken away or put in. */
    public void complete(Instant now) {
        closeGone(now);
        jdbc.update(
                open(true) + " FROM " + table.name() + " t WHERE " + audit.live("t.")
                        + " AND NOT EXISTS (SELECT 1 FROM " + name + " v WHERE " + sameRow() + " AND v." + to
                        + " IS NULL) ON CONFLICT DO NOTHING",
                table.time(now),
                table.time(now));
    }

    /** Begins, or goes on after a time in which no versions were kept: what is there is the newest version of each row. */
    public void begin(Instant now) {
        jdbc.update(
                close() + " AND NOT EXISTS (SELECT 1 FROM " + table.name() + " t WHERE " + sameRow() + " AND "
                        + audit.live("t.") + " AND " + tuple("t.") + " IS NOT DISTINCT FROM " + tuple("v.") + ")",
                table.time(now),
                table.time(now));
        complete(now);
    }

    /**
     * Lets the open versions have what was filled into their rows since; no other version comes of that.
     *
     * @param names of the columns that were filled
     */
    public void refresh(List<String> names) {
        List<String> filled = new ArrayList<>(List.of(audit.hash()));
        names.forEach(column -> filled.add(table.dialect().quote(column)));
        StringJoiner set = new StringJoiner(", ");
        filled.forEach(column -> set.add(column + " = t." + column));
        jdbc.update("UPDATE " + name + " AS v SET " + set + " FROM " + table.name() + " AS t WHERE " + sameRow()
                + " AND v." + to + " IS NULL AND " + audit.live("t.") + " AND (" + each("t.", filled)
                + ") IS DISTINCT FROM (" + each("v.", filled) + ")");
    }

    /** Two parameters, both the time. */
    private String close() {
        return "UPDATE " + name + " AS v SET " + to + " = CASE WHEN v." + from + " > ? THEN v." + from
                + " ELSE ? END WHERE v." + to + " IS NULL";
    }

    /** The first parameters are the time: twice where there may be older versions, else once. */
    private String open(boolean again) {
        String begin = again
                ? "coalesce((SELECT max(o." + to + ") FROM " + name + " o WHERE " + same("o.") + " AND o." + to
                        + " > ?), ?)"
                : "?";
        return "INSERT INTO " + name + " (" + String.join(", ", columns) + ", " + from + ") SELECT "
                + each("t.", columns) + ", " + cast(begin);
    }

    /** PostgreSQL takes a parameter in a list of columns for text. */
    private String cast(String expression) {
        return "CAST(" + expression + " AS " + table.dialect().auditType(audit.touched()) + ")";
    }

    private String isGone() {
        return "NOT EXISTS (SELECT 1 FROM " + table.name() + " t WHERE " + sameRow() + " AND " + audit.live("t.") + ")";
    }

    private String sameRow() {
        return same("v.");
    }

    private String same(String alias) {
        StringJoiner same = new StringJoiner(" AND ");
        audit.foundBy().forEach(column -> same.add(alias + column + " = t." + column));
        return same.toString();
    }

    private String row(String alias) {
        String all = each(alias, audit.foundBy());
        return audit.foundBy().size() == 1 ? all : "(" + all + ")";
    }

    private String tuple(String alias) {
        return "(" + each(alias, columns) + ")";
    }

    private static String each(String alias, List<String> names) {
        List<String> all = new ArrayList<>(Collections.nCopies(names.size(), alias));
        for (int i = 0; i < names.size(); i++) {
            all.set(i, alias + names.get(i));
        }
        return String.join(", ", all);
    }
}
