package dev.caravan.target.sql;

import dev.caravan.model.Row;
import dev.caravan.target.sql.dialect.AuditColumn;
import dev.caravan.target.sql.dialect.Dialect;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a table holds besides the source's columns, and how its rows are found again. Immutable. */
interface Audit {
    /** The columns, in the order in which they are made and written. */
    List<AuditColumn> columns();

    /** Those of them that an update writes again. */
    List<AuditColumn> refreshed();

    /** Those of them that versions of a row have too. */
    List<AuditColumn> versioned();

    /** The one that says when a row was written last. */
    AuditColumn touched();

    /** The column without which a table of the name is somebody else's. */
    AuditColumn mark();

    /** The value of one of the columns; null for NULL. */
    @Nullable
    Object value(AuditColumn column, Row row, String id, Object now);

    /** The literal for a column that has one value in all rows inserted together; null for others. */
    @Nullable
    String same(AuditColumn column, Object now);

    /** Columns by which an update finds its row, ready for SQL. */
    List<String> foundBy();

    /** The values of {@link #foundBy()}. */
    @Nullable
    Object[] finding(TargetTable table, Row row, String id);

    /** Column for fields that no column explains, added once one was met; null where the whole record is kept. */
    @Nullable
    String extra();

    /** Expression for what tells a row apart, as one text. */
    String keyText(String alias);

    /** Expression for what names a stored row; in the order of storing where that can be. */
    String identity(String alias);

    /** The type of the identity in a database. */
    String identityType(Dialect dialect);

    /** Column with the data hash. */
    String hash();

    /** Expression for the source's version of a row. */
    String version();

    /** Expression for whether a row is soft-deleted. */
    String deleted();

    /** Condition for a row that is not soft-deleted. */
    String live(String alias);

    /** Assignments that soft-delete a row. */
    String deletion();

    /** The parameters of {@link #deletion()}. */
    Object[] deleting(TargetTable table, Instant now);

    /** Whether a first load goes without the index of the key, and rows that came twice are taken out at its end. */
    boolean loadsWithoutKey();
}
