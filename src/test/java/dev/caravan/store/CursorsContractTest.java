package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cursors and checkpoints. */
abstract class CursorsContractTest extends StoreContract {
    private final String entity = Uids.next();

    @ParameterizedTest
    @CsvSource({
        "20251208120000, 20251208120001, 20251208120001",
        "20251208120001, 20251208120000, 20251208120001",
        "9, 10, 9",
        "5, 5, 5",
    })
    void movesOnAsTextButNeverBack(String from, String to, String stands) {
        fixture().cursors.advance(entity, from);
        fixture().cursors.advance(entity, to);

        assertThat(fixture().cursors.value(entity)).contains(stands);
    }

    @Test
    void goesBackOnlyWhenTold() {
        fixture().cursors.advance(entity, "7");
        fixture().cursors.set(entity, "5");
        assertThat(fixture().cursors.value(entity)).contains("5");

        fixture().cursors.set(entity, null);
        assertThat(fixture().cursors.value(entity)).isEmpty();
    }

    @Test
    void keepsValueAndCheckpointApart() {
        fixture().cursors.setCheckpoint(entity, "page 3");
        assertThat(fixture().cursors.value(entity)).isEmpty();

        fixture().cursors.advance(entity, "7");
        assertThat(fixture().cursors.checkpoint(entity)).contains("page 3");

        fixture().cursors.setCheckpoint(entity, null);
        assertThat(fixture().cursors.value(entity)).contains("7");
        assertThat(fixture().cursors.checkpoint(entity)).isEmpty();
    }

    @Test
    void listsCursorsByTheNamesOfTheirEntities() {
        fixture().cursors.advance(fixture().entity("erp", "items"), "7");
        fixture().cursors.setCheckpoint(fixture().entity("crm", "orders"), "page 2");

        assertThat(fixture().cursors.list())
                .containsExactly(
                        new CursorRepository.Named("crm.orders", null, "page 2", null),
                        new CursorRepository.Named("erp.items", "7", null, StoreFixture.NOON));
    }
}
