package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.DeadLetter;
import dev.caravan.store.DeadLetterRepository.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dead letters. */
abstract class DeadLettersContractTest extends StoreContract {
    private final String entity = Uids.next();
    private final String run = Uids.next();

    @Test
    void keepsARecordInAllItsForms() {
        DeadLetter letter = new DeadLetter(
                "VALIDATE", "TOO_LONG", "BAD_DATA", "too long", "items[PART_NO=A]", "{\"a\": 1}", "{}", "[]", "7");
        fixture().letters.add(run, entity, List.of(letter));

        Stored kept = only();
        assertThat(kept.letter()).isEqualTo(letter);
        assertThat(kept.runUid()).isEqualTo(run);
        assertThat(kept.nextRetryAt()).isEqualTo(StoreFixture.NOON.plus(Duration.ofMinutes(5)));
        assertThat(fixture().letters.find(kept.uid())).contains(kept);
    }

    @Test
    void bringsAnOpenOneUpToDateInsteadOfDoublingIt() {
        String later = Uids.next();
        fixture().letters.add(run, entity, List.of(letter("MAP", "items[A=1]", "{\"a\":1}")));
        fixture().clock.advance(Duration.ofHours(1));
        fixture().letters.add(later, entity, List.of(letter("MAP", "items[A=1]", "{\"a\":2}")));

        assertThat(only().runUid()).isEqualTo(later);
        assertThat(only().letter().raw()).isEqualTo("{\"a\":2}");
        assertThat(only().createdAt()).isEqualTo(StoreFixture.NOON);
    }

    @Test
    void keepsTheLaterOfTwoThatAreTheSameWithinOneBatch() {
        fixture()
                .letters
                .add(
                        run,
                        entity,
                        List.of(letter("MAP", "items[A=1]", "{\"a\":1}"), letter("MAP", "items[A=1]", "{\"a\":2}")));

        assertThat(only().letter().raw()).isEqualTo("{\"a\":2}");
    }

    @Test
    void tellsStagesAndRecordsWithoutAReferenceApart() {
        fixture().letters.add(run, entity, List.of(letter("FETCH", "", "{\"a\":1}"), letter("FETCH", "", "{\"a\":2}")));
        fixture().letters.add(run, entity, List.of(letter("MAP", "1", "{}"), letter("VALIDATE", "1", "{}")));

        fixture().letters.resolve(entity, List.of(""));
        assertThat(fixture().letters.count(entity)).isEqualTo(4);
    }

    @Test
    void forgetsThoseOfRecordsThatWereStoredWell() {
        List<DeadLetter> many = new ArrayList<>();
        List<String> references = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            many.add(letter("MAP", "items[A=" + i + "]", "{}"));
            references.add("items[A=" + i + "]");
        }
        assertThat(fixture().letters.any(entity)).isFalse();
        fixture().letters.add(run, entity, many);
        assertThat(fixture().letters.any(entity)).isTrue();
        String other = Uids.next();
        fixture().letters.add(run, other, many.subList(0, 1));

        fixture().letters.resolve(entity, references.subList(0, 1100));
        assertThat(fixture().letters.count(entity)).isEqualTo(100);
        assertThat(fixture().letters.count(other)).isEqualTo(1);
        assertThat(fixture().letters.count(null)).isEqualTo(101);
    }

    @Test
    void waitsTwiceAsLongAfterEachRetryAndStopsInTheEnd() {
        fixture().letters.add(run, entity, List.of(letter("MAP", "1", "{}")));
        assertThat(fixture().letters.due(10)).isEmpty();
        fixture().clock.advance(Duration.ofMinutes(5));
        assertThat(fixture().letters.due(10)).hasSize(1);

        for (int minutes : new int[] {10, 20, 40, 80}) {
            fixture().letters.retried(only().uid());
            assertThat(only().nextRetryAt()).isEqualTo(fixture().clock.instant().plus(Duration.ofMinutes(minutes)));
        }
        fixture().letters.retried(only().uid());
        assertThat(only().nextRetryAt()).isNull();
        assertThat(only().retryCount()).isEqualTo(5);
    }

    @Test
    void deletesOne() {
        fixture().letters.add(run, entity, List.of(letter("MAP", "1", "{}")));
        String uid = only().uid();

        assertThat(fixture().letters.delete(uid)).isTrue();
        assertThat(fixture().letters.delete(uid)).isFalse();
    }

    @Test
    void canKeepWhateverItIsGiven() {
        String hostile = "'; DROP TABLE x; -- 😀".repeat(300);
        fixture()
                .letters
                .add(
                        run,
                        entity,
                        List.of(
                                letter("MAP", "NUL \0 and 😀", "{\"a\":\"\\u0000\"}"),
                                letter("MAP", "half \uD83D", "no JSON at all \0"),
                                letter("MAP", hostile, "[".repeat(5000))));

        assertThat(fixture().letters.count(entity)).isEqualTo(3);
        fixture().letters.resolve(entity, List.of(hostile, "NUL \0 and 😀"));
        assertThat(fixture().letters.count(entity)).isEqualTo(1);
    }

    private Stored only() {
        List<Stored> all = fixture().letters.latest(entity, 10);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static DeadLetter letter(String stage, String reference, String raw) {
        return new DeadLetter(stage, "X", "BAD_DATA", "what failed \0", reference, raw, null, null, null);
    }
}
