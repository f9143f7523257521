package dev.caravan.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The unit of transport and of the checkpoint: one answer of a source, as rows.
 *
 * @param run uid of the run that asked for it
 * @param number place in the run, from 1; a page is stored only after all before it
 * @param rows the records, in the order they came
 * @param refused records that a stage refused
 * @param fetched how many records the answer held
 * @param bytes what the page weighs in memory, as counted against the bytes in flight
 * @param round which listing of the run it belongs to, from 0
 * @param checkpoint where the run stands once this page is stored; the source reads it again
 * @param highestVersion highest row version among its records; null where none has one
 * @param gone keys of rows that the answer says are gone, each as one text; they count as no records
 * @param seen keys of rows that the answer only says are there
 * @param known how many of the records fetched are stored as they came, though they are not among the rows
 */
public record Page(
        String run,
        int number,
        List<Row> rows,
        List<Refusal> refused,
        int fetched,
        long bytes,
        int round,
        String checkpoint,
        @Nullable String highestVersion,
        List<String> gone,
        List<String> seen,
        int known) {
    public Page {
        Objects.requireNonNull(run);
        rows = List.copyOf(rows);
        refused = List.copyOf(refused);
        gone = List.copyOf(gone);
        seen = List.copyOf(seen);
    }

    /** A page of records only. */
    public Page(
            String run,
            int number,
            List<Row> rows,
            List<Refusal> refused,
            int fetched,
            long bytes,
            int round,
            String checkpoint,
            @Nullable String highestVersion) {
        this(run, number, rows, refused, fetched, bytes, round, checkpoint, highestVersion, List.of(), List.of(), 0);
    }

    /** A page whose records are stored as they came, so that nobody read them. */
    public static Page known(String run, int number, int records, long bytes, int round, String checkpoint) {
        List<String> none = List.of();
        return new Page(
                run, number, List.of(), List.of(), records, bytes, round, checkpoint, null, none, none, records);
    }

    /** The same page with what the stages made of its records. */
    public Page with(List<Row> stored, List<Refusal> letters) {
        return new Page(
                run, number, stored, letters, fetched, bytes, round, checkpoint, highestVersion, gone, seen, known);
    }

    /** Cheap, for Camel takes it of each body whose parts an expression names: without the rows. */
    @Override
    public int hashCode() {
        return Objects.hash(run, number, round, fetched);
    }

    /** Whether a row has fields that no column explains. */
    public boolean hasExtra() {
        for (Row row : rows) {
            if (row.extra() != null) {
                return true;
            }
        }
        return false;
    }
}
