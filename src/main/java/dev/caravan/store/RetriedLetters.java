package dev.caravan.store;

import dev.caravan.model.DeadLetter;
import dev.caravan.store.DeadLetterRepository.Stored;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What becomes of dead letters that were tried again; a few statements for all of them. Safe for several threads. */
final class RetriedLetters {
    private final JdbcTemplate jdbc;
    private final String table;
    private final Clock clock;

    RetriedLetters(JdbcTemplate jdbc, String table, Clock clock) {
        this.jdbc = jdbc;
        this.table = table;
        this.clock = clock;
    }

    /** Forgets letters whose records were taken. */
    void delete(Collection<Stored> letters) {
        List<Object[]> rows = new ArrayList<>();
        letters.forEach(letter -> rows.add(new Object[] {letter.uid()}));
        jdbc.batchUpdate("DELETE FROM " + table + " WHERE uid = ?", rows);
    }

    /** Puts new reasons into letters; another letter of the same record and reason gives way. */
    void failAgain(String runUid, Map<Stored, DeadLetter> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        List<Object[]> doubles = new ArrayList<>();
        List<@Nullable Object[]> rows = new ArrayList<>();
        reasons.forEach((stored, reason) -> {
            String fingerprint = Fingerprint.of(reason);
            doubles.add(new Object[] {stored.entityUid(), fingerprint, stored.uid()});
            rows.add(new @Nullable Object[] {
                fingerprint,
                runUid,
                reason.stage(),
                reason.code(),
                reason.type(),
                CleanText.of(reason.message()),
                CleanText.orNull(reason.normalised()),
                CleanText.orNull(reason.mapped()),
                stored.uid()
            });
        });
        jdbc.batchUpdate("DELETE FROM " + table + " WHERE entity_uid = ? AND fingerprint = ? AND uid <> ?", doubles);
        jdbc.batchUpdate(
                "UPDATE " + table + " SET fingerprint = ?, run_uid = ?, stage = ?, error_code = ?, error_type = ?,"
                        + " error_message = ?, normalized_data = ?, mapped_data = ? WHERE uid = ?",
                rows);
        count(reasons.keySet());
    }

    /** Counts one more retry of each, and sets the next twice as far off; none after the last. */
    void count(Collection<Stored> letters) {
        Instant now = clock.instant();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Stored letter : letters) {
            int count = letter.retryCount() + 1;
            rows.add(new @Nullable Object[] {
                count, LetterRow.time(Backoff.next(now, count, Backoff.MOST_RETRIES)), Times.write(now), letter.uid()
            });
        }
        jdbc.batchUpdate(
                "UPDATE " + table + " SET retry_count = ?, next_retry_at = ?, updated_at = ? WHERE uid = ?", rows);
    }
}
