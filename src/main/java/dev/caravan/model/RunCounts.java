package dev.caravan.model;

/**
 * What became of the records of a run.
 *
 * <p>fetched = inserted + updated + skipped + failed + pending + repeated; deleted stands apart.
 */
public record RunCounts(
        long fetched,
        long inserted,
        long updated,
        long deleted,
        long skipped,
        long failed,
        long pending,
        long repeated) {
    /** Nothing yet. */
    public static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** Whether every fetched record is accounted for. */
    public boolean addUp() {
        return fetched == inserted + updated + skipped + failed + pending + repeated;
    }

    /** Whether nothing was written. */
    public boolean unchanged() {
        return inserted + updated + deleted + failed + pending == 0;
    }
}
