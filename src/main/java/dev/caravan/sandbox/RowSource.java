package dev.caravan.sandbox;

import java.nio.ByteBuffer;
import java.util.List;

/** What stands behind one API: its description and its rows. Implementations are thread-safe. */
interface RowSource {
    /** The description as it is now. */
    SandboxApi api();

    /** The rows as they are now, in the order of insertion; does not change afterwards. */
    List<SandboxRow> rows();

    /** The body of the answer to a query, UTF-8, from position to limit. */
    ByteBuffer page(DataQuery query, SandboxOptions options);

    /** Makes {@code count} new rows at the end. */
    void insertSome(int count);

    /** Changes {@code count} rows picked at random, all of them where there are fewer. */
    void updateSome(int count);

    /** Deletes {@code count} rows picked at random, all of them where there are fewer. */
    void deleteSome(int count);
}
