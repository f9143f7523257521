package dev.caravan.store;

import dev.caravan.model.DeadLetter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code failed_records}, written and read. Stateless. */
final class LetterRow {
    /** PostgreSQL indexes at most 2704 bytes of a text: 600 characters of four bytes stay below. */
    private static final int REFERENCE_LENGTH = 600;

    private LetterRow() {}

    /** Keeps a letter; one that is there for the same record, stage and code is brought up to date instead. */
    static String insertInto(String table) {
        return "INSERT INTO " + table + " (uid, run_uid, entity_uid, fingerprint, stage, error_code, error_type,"
                + " error_message, reference, raw_data, normalized_data, mapped_data, row_version,"
                + " max_retries, next_retry_at, created_at, updated_at, retry_count)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
                + " ON CONFLICT (entity_uid, fingerprint) DO UPDATE SET updated_at = excluded.updated_at,"
                + " run_uid = excluded.run_uid, error_type = excluded.error_type,"
                + " error_message = excluded.error_message, raw_data = excluded.raw_data,"
                + " normalized_data = excluded.normalized_data, mapped_data = excluded.mapped_data,"
                + " row_version = excluded.row_version";
    }

    /** The parameters of {@link #insertInto}. */
    static @Nullable Object[] values(
            String runUid, String entityUid, String fingerprint, DeadLetter letter, Instant now) {
        return new @Nullable Object[] {
            Uids.next(),
            runUid,
            entityUid,
            fingerprint,
            letter.stage(),
            letter.code(),
            letter.type(),
            CleanText.of(letter.message()),
            cut(letter.reference()),
            CleanText.of(letter.raw()),
            CleanText.orNull(letter.normalised()),
            CleanText.orNull(letter.mapped()),
            CleanText.orNull(letter.rowVersion()),
            Backoff.MOST_RETRIES,
            time(Backoff.next(now, 0, Backoff.MOST_RETRIES)),
            Times.write(now),
            Times.write(now)
        };
    }

    static String cut(String reference) {
        String clean = CleanText.of(reference);
        return clean.length() <= REFERENCE_LENGTH ? clean : clean.substring(0, REFERENCE_LENGTH);
    }

    static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : Times.write(time);
    }

    static DeadLetterRepository.Stored read(ResultSet row, int number) throws SQLException {
        DeadLetter letter = new DeadLetter(
                row.getString("stage"),
                row.getString("error_code"),
                row.getString("error_type"),
                row.getString("error_message"),
                row.getString("reference"),
                row.getString("raw_data"),
                row.getString("normalized_data"),
                row.getString("mapped_data"),
                row.getString("row_version"));
        return new DeadLetterRepository.Stored(
                row.getString("uid"),
                row.getString("entity_uid"),
                row.getString("run_uid"),
                letter,
                Times.require(row, "created_at"),
                row.getInt("retry_count"),
                Times.read(row, "next_retry_at"));
    }
}
