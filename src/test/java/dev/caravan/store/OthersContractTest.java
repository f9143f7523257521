package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.store.AlertRepository.Alert;
import dev.caravan.store.AuditRepository.Entry;
import dev.caravan.store.FieldMappingRepository.Mapping;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schema versions, alerts, audit. */
abstract class OthersContractTest extends StoreContract {
    @Test
    void countsTheSchemasOfAnEntity() {
        String entity = Uids.next();
        fixture().schemas.add(entity, StoreFixture.columns(), null, "info", "approved");
        fixture().schemas.add(entity, StoreFixture.columns(), "PRICE added", "stop", "open");

        SchemaVersionRepository.Version newest =
                fixture().schemas.newest(entity).orElseThrow();
        assertThat(newest.number()).isEqualTo(2);
        assertThat(newest.difference()).isEqualTo("PRICE added");
        assertThat(newest.level()).isEqualTo("stop");
        assertThat(newest.decision()).isEqualTo("open");
        assertThat(newest.is(StoreFixture.columns())).isTrue();
        fixture().schemas.decide(newest.uid(), "approved", "ann");
        assertThat(fixture().schemas.history(entity))
                .extracting(SchemaVersionRepository.Version::decision, SchemaVersionRepository.Version::decidedBy)
                .containsExactly(tuple("approved", "ann"), tuple("approved", null));
        assertThat(fixture().schemas.history(Uids.next())).isEmpty();
    }

    @Test
    void raisesAnAlertOnceUntilItIsCleared() {
        assertThat(fixture().alerts.raise("runs", "erp.items", "3 runs failed")).isTrue();
        assertThat(fixture().alerts.raise("runs", "erp.items", "4 runs failed")).isFalse();
        assertThat(fixture().alerts.raise("runs", "erp.orders", "3 runs failed"))
                .isTrue();
        assertThat(fixture().alerts.open())
                .containsExactly(
                        new Alert("runs", "erp.orders", "3 runs failed", StoreFixture.NOON),
                        new Alert("runs", "erp.items", "3 runs failed", StoreFixture.NOON));

        fixture().alerts.clear("runs", "erp.items");
        assertThat(fixture().alerts.open()).extracting(Alert::subject).isEqualTo(List.of("erp.orders"));
        assertThat(fixture().alerts.raise("runs", "erp.items", "again")).isTrue();
    }

    @Test
    void notesWhoChangedWhat() {
        fixture().audit.add("ann", "cursors.reset", "erp.items", "7", null);
        fixture().audit.add("bob \0", "sync", "erp.items", null, null);

        assertThat(fixture().audit.latest(10))
                .containsExactly(
                        new Entry(StoreFixture.NOON, "bob \uFFFD", "sync", "erp.items", null, null),
                        new Entry(StoreFixture.NOON, "ann", "cursors.reset", "erp.items", "7", null));
    }

    @Test
    void remembersWindowsAndWhereTheirEntitiesStand() {
        BackgroundRepository background = new BackgroundRepository(fixture().database, fixture().clock);
        String items = fixture().entity("erp", "items");
        background.setOffset(items, "page 3");
        assertThat(background.of(items)).isEmpty();
        background.put(items, "19:00", "07:00", "Europe/Berlin");
        background.setOffset(items, "page 3");
        background.put(items, "20:00", "06:00", "UTC");
        assertThat(background.active())
                .containsExactly(new BackgroundRepository.Background(items, "20:00", "06:00", "UTC", "page 3"));
        background.retire(items);
        assertThat(background.of(items)).isEmpty();
        background.put(items, "20:00", "06:00", "UTC");
        assertThat(background.of(items)).isPresent();
    }

    @Test
    void replacesTheMappingsOfAnEntity() {
        FieldMappingRepository mappings = new FieldMappingRepository(fixture().database, fixture().clock);
        String entity = Uids.next();
        Mapping first = new Mapping("A", "a", "trim | lowercase", null, "x", true, "both", false);
        Mapping second = new Mapping("B", "b", null, "range(1,9)", null, false, null, true);
        mappings.replace(entity, List.of(second));
        mappings.replace(entity, List.of(first, second));
        assertThat(mappings.of(entity)).containsExactly(first, second);

        Mapping other = new Mapping("A", "other", null, null, null, false, null, false);
        Mapping third = new Mapping("C", "c", null, null, null, false, null, false);
        mappings.put(entity, other);
        mappings.put(entity, third);
        assertThat(mappings.of(entity)).containsExactly(other, second, third);
        assertThat(mappings.remove(entity, "A")).isTrue();
        assertThat(mappings.remove(entity, "A")).isFalse();
        assertThat(mappings.of(entity)).containsExactly(second, third);
        mappings.replace(entity, List.of());
        assertThat(mappings.of(entity)).isEmpty();
    }
}
