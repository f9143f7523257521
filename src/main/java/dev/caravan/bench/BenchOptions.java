package dev.caravan.bench;

import java.nio.file.Path;

/**
 * What is measured.
 *
 * @param rows of the first load
 * @param delta rows changed before the delta
 * @param rounds how often each program runs, in turn; the median counts
 * @param postgresql JDBC URL of a PostgreSQL database for the benchmark's own use; empty for none
 * @param stages whether a first load with mappings, validation and history is measured too
 * @param dataverse whether a first and a second sync of a whole Dataverse are measured too
 * @param routes folder of the routes
 * @param json whether the result is one JSON document instead of a table
 * @param quiet whether nothing is said meanwhile
 */
public record BenchOptions(
        int rows,
        int delta,
        int rounds,
        String postgresql,
        boolean stages,
        boolean dataverse,
        Path routes,
        boolean json,
        boolean quiet) {
    public BenchOptions {
        if (rows < 1 || delta < 1 || delta > rows || rounds < 1) {
            throw new IllegalArgumentException("Rows and rounds are 1 or more, and the delta at most all rows");
        }
        if (!postgresql.isEmpty() && !postgresql.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("PostgreSQL is given by its JDBC URL, jdbc:postgresql://…");
        }
    }
}
