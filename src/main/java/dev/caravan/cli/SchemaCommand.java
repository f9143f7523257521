package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the schemas that were seen. */
@Command(name = "schema", description = "The schemas that were seen.", mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Parameters(index = "0", paramLabel = "ACTION", description = "history")
    private String action = "history";

    @Parameters(index = "1", paramLabel = "ENTITY")
    private String entity = "";

    @Override
    public Integer call() {
        if (!action.equals("history")) {
            throw new CaravanException(FaultKind.CONFIGURATION, "ACTION_UNKNOWN", action + " is not history");
        }
        TextTable table = new TextTable("version", "difference", "level", "decision");
        shared.read(stores -> {
            EntityRecord record = CursorsCommand.find(stores, entity);
            stores.schemas()
                    .history(record.uid())
                    .forEach(version -> table.add(
                            version.number(),
                            version.difference() == null ? "first seen" : version.difference(),
                            version.level(),
                            version.decision()));
            return true;
        });
        table.print(shared);
        return ExitCode.OK.code();
    }
}
