package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a stopped deletion go on. */
@Command(name = "approve", description = "Let a stopped deletion go on.", mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Parameters(index = "0", paramLabel = "WHAT", description = "deletes")
    private String what = "deletes";

    @Parameters(index = "1", paramLabel = "ENTITY")
    private String entity = "";

    @Override
    public Integer call() {
        if (!what.equals("deletes")) {
            throw new CaravanException(FaultKind.CONFIGURATION, "ACTION_UNKNOWN", what + " is not deletes");
        }
        String done = shared.change(stores -> {
            EntityRecord record = CursorsCommand.find(stores, entity);
            stores.entities().approveDeletes(record.uid(), true);
            Long held = record.deletesHeld();
            return record.name() + ": " + (held == null ? "the next large deletion" : held + " deletions")
                    + " may go on; run 'caravan sync --full " + record.name() + "'";
        });
        shared.out().println(done);
        return ExitCode.OK.code();
    }
}
