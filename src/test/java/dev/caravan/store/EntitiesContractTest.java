package dev.caravan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.fault.CaravanException;
import dev.caravan.model.EntityRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connectors, entities and their state. */
abstract class EntitiesContractTest extends StoreContract {
    @Test
    void keepsAConnectorUnderItsName() {
        String uid = fixture().connectors.register("erp", "apismith", "http://one");
        String again = fixture().connectors.register("erp", "apismith", "http://two");

        assertThat(again).isEqualTo(uid);
        assertThat(rows("SELECT base_url FROM " + fixture().database.table("connectors")))
                .containsExactly(Map.of("base_url", "http://two"));
    }

    @Test
    void touchesAConnectorOnlyWhereItChanged() {
        fixture().connectors.register("erp", "apismith", "http://one");
        fixture().clock.advance(Duration.ofHours(1));
        fixture().connectors.register("erp", "apismith", "http://one");

        assertThat(rows("SELECT name FROM " + fixture().database.table("connectors")
                        + " WHERE updated_at > created_at"))
                .isEmpty();
    }

    @Test
    void bringsAnEntityBackAsItWasDescribed() {
        String uid = fixture().entity("erp", "items");

        EntityRecord entity = fixture().entities.get(uid);
        assertThat(entity)
                .usingRecursiveComparison()
                .ignoringFields("columns")
                .isEqualTo(StoreFixture.description(uid, "erp", "items"));
        assertThat(entity.columns().list()).isEqualTo(StoreFixture.columns().list());
        assertThat(entity.columns().keyNames()).containsExactly("PART_NO");
    }

    @Test
    void leavesTheStateAloneWhenAnEntityIsDescribedAnew() {
        String uid = fixture().entity("erp", "items");
        fixture().entities.setStatus(uid, "failed");
        fixture().entities.setLastRowversion(uid, "7");
        fixture().entities.setNote(uid, "why");
        fixture().entities.holdDeletes(uid, 9L);

        fixture().entities.describe(StoreFixture.description(uid, "erp", "items"));

        EntityRecord entity = fixture().entities.get(uid);
        assertThat(entity.lastSyncStatus()).isEqualTo("failed");
        assertThat(entity.lastRowversion()).isEqualTo("7");
        assertThat(entity.note()).isEqualTo("why");
        assertThat(entity.deletesHeld()).isEqualTo(9L);
    }

    @Test
    void setsEachColumnOfStateAndResetsNoOther() {
        String uid = fixture().entity("erp", "items");
        fixture().entities.setStatus(uid, "completed");
        fixture().entities.setLastSync(uid, StoreFixture.NOON);
        fixture().entities.setLastRowversion(uid, "20251208120000");
        fixture().entities.setTotal(uid, 12);
        fixture().entities.setFirstLoad(uid, false);
        fixture().entities.setLastFullPass(uid, StoreFixture.NOON.plusMillis(123));
        fixture().entities.setNote(uid, "the key changed");
        fixture().entities.holdDeletes(uid, 300L);
        fixture().entities.approveDeletes(uid, true);
        fixture().entities.setEnabled(uid, false);

        EntityRecord entity = fixture().entities.get(uid);
        assertThat(entity.lastSyncStatus()).isEqualTo("completed");
        assertThat(entity.lastSyncAt()).isEqualTo(StoreFixture.NOON);
        assertThat(entity.lastRowversion()).isEqualTo("20251208120000");
        assertThat(entity.total()).isEqualTo(12);
        assertThat(entity.firstLoad()).isFalse();
        assertThat(entity.lastFullPassAt()).isEqualTo(StoreFixture.NOON.plusMillis(123));
        assertThat(entity.note()).isEqualTo("the key changed");
        assertThat(entity.deletesHeld()).isEqualTo(300L);
        assertThat(entity.deletesApproved()).isTrue();
        assertThat(entity.enabled()).isFalse();
    }

    @Test
    void takesAwayWhatNoLongerHolds() {
        String uid = fixture().entity("erp", "items");
        fixture().entities.setNote(uid, "the key changed");
        fixture().entities.holdDeletes(uid, 3L);

        fixture().entities.setNote(uid, null);
        fixture().entities.holdDeletes(uid, null);

        assertThat(fixture().entities.get(uid).note()).isNull();
        assertThat(fixture().entities.get(uid).deletesHeld()).isNull();
    }

    @Test
    void findsAnEntityByItsFullNameOrByAUniqueSlug() {
        String uid = fixture().entity("erp", "items");

        assertThat(fixture().entities.find("erp.items").map(EntityRecord::uid)).contains(uid);
        assertThat(fixture().entities.find("items").map(EntityRecord::uid)).contains(uid);
        assertThat(fixture().entities.find("nothing")).isEmpty();
    }

    @Test
    void asksWhichEntityIsMeantWhereASlugIsNotUnique() {
        String uid = fixture().entity("erp", "items");
        fixture().entity("old", "items");

        assertThatThrownBy(() -> fixture().entities.find("items"))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("erp.items, old.items");
        assertThat(fixture().entities.find("erp.items").map(EntityRecord::uid)).contains(uid);
    }

    private List<Map<String, Object>> rows(String query) {
        return fixture().sql.queryForList(query);
    }
}
