package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeReaderTest {
    private static final String[] LISTS = {
        "caravan.connector.sp.type = sharepoint",
        "caravan.connector.sp.tenant = t",
        "caravan.connector.sp.client-id = id",
        "caravan.connector.sp.client-secret = s",
        "caravan.bridge.tasks.table = tasks",
        "caravan.bridge.tasks.connector = sp",
        "caravan.bridge.tasks.site = ops",
        "caravan.bridge.tasks.list = Tasks"
    };

    @TempDir
    Path folder;

    private Reading examine(String... more) {
        String[] lines = new String[LISTS.length + more.length];
        System.arraycopy(LISTS, 0, lines, 0, LISTS.length);
        System.arraycopy(more, 0, lines, LISTS.length, more.length);
        return new ConfigurationFolder(folder).examine(lines);
    }

    @Test
    void keepsWhatIsSet() {
        BridgeSettings tasks = examine(
                        "caravan.bridge.tasks.conflict = LATEST_WINS",
                        "caravan.bridge.tasks.field.budget = <-> Budget | round(2) || to_decimal",
                        "caravan.bridge.tasks.shard.Done = state = 'done'")
                .settings()
                .bridges()
                .get(0);

        assertThat(tasks.name()).isEqualTo("tasks");
        assertThat(tasks.value("conflict")).contains("latest-wins");
        assertThat(tasks.value("field.budget")).contains("<-> Budget | round(2) || to_decimal");
        assertThat(tasks.value("shard.Done")).contains("state = 'done'");
        assertThat(tasks.value("direction")).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(examine(
                                "caravan.bridge.tasks.direction = sideways",
                                "caravan.bridge.tasks.every = 0s",
                                "caravan.bridge.tasks.confict = manual",
                                "caravan.bridge.tasks.database = other",
                                "caravan.bridge.more.connector = nobody")
                        .problems())
                .extracting(Problem::key)
                .containsExactly(
                        "caravan.bridge.tasks.direction",
                        "caravan.bridge.tasks.every",
                        "caravan.bridge.tasks.confict",
                        "caravan.bridge.tasks.database",
                        "caravan.bridge.more.connector",
                        "caravan.bridge.more.list",
                        "caravan.bridge.more.site",
                        "caravan.bridge.more.table");
    }
}
