package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.config.Settings;
import dev.caravan.config.SettingsReader;
import dev.caravan.fault.CaravanException;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {
    private static final Settings SETTINGS = SettingsReader.of(
            Map.of(
                    "caravan.connector.a.type", "apismith",
                    "caravan.connector.a.url", "http://a",
                    "caravan.connector.a.token", "x",
                    "caravan.connector.b.type", "apismith",
                    "caravan.connector.b.url", "http://b",
                    "caravan.connector.b.token", "x"),
            Path.of(""),
            Path.of(""));

    private final Choice choice = new Choice(
            List.of(
                    entity("a", "items", true, "completed"),
                    entity("a", "sites", true, "failed"),
                    entity("a", "gone", false, null),
                    entity("b", "items", true, null),
                    entity("forgotten", "items", true, null)),
            SETTINGS);

    private static EntityRecord entity(String connector, String slug, boolean enabled, @Nullable String status) {
        return new EntityRecord(
                connector + slug,
                connector,
                slug,
                "",
                Strategy.HASH,
                "public",
                slug,
                new Columns(List.of(), List.of()),
                enabled,
                false,
                null,
                status,
                null,
                0,
                null,
                null,
                null,
                false);
    }

    private List<String> choose(boolean failedOnly, String... names) {
        SyncRequest request = new SyncRequest(
                List.of(names),
                false,
                failedOnly,
                false,
                OptionalLong.empty(),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty());
        return choice.choose(request).stream().map(EntityRecord::name).toList();
    }

    @Test
    void takesAllThatAreEnabled() {
        assertThat(choose(false)).containsExactly("a.items", "a.sites", "b.items");
    }

    @Test
    void takesNamesAndPatternsOnce() {
        assertThat(choose(false, "sites", "a.*", "b.items")).containsExactly("a.sites", "a.items", "b.items");
        assertThat(choose(false, "ITEM*")).containsExactly("a.items", "b.items");
    }

    @Test
    void leavesOutWhatCompleted() {
        assertThat(choose(true)).containsExactly("a.sites", "b.items");
    }

    @ParameterizedTest
    @CsvSource({
        "items,ENTITY_AMBIGUOUS",
        "gone,ENTITY_DISABLED",
        "nothing,ENTITY_UNKNOWN",
        "x*,ENTITY_UNKNOWN",
        "forgotten.items,ENTITY_UNKNOWN"
    })
    void refuses(String name, String code) {
        assertThatThrownBy(() -> choose(false, name))
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
