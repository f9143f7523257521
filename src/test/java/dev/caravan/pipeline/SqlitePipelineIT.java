package dev.caravan.pipeline;

import java.nio.file.Path;

/** On a SQLite file. */
final class SqlitePipelineIT extends PipelineContractTest {
    @Override
    String freshDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("target.db");
    }
}
