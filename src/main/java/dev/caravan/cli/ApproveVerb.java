package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code approve}: lets something go on that waits for a person. */
@Command(name = "approve", description = "Let something go on that waits for a person (deletes).")
final class ApproveVerb implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ApproveVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what: approve deletes ENTITY");
    }

    @Command(name = "deletes", description = "Let the next sync mark the rows that are gone, however many.")
    int deletes(@Parameters(paramLabel = "ENTITY") String name) {
        try (State state =
                State.toChange(context.settings(), context.surroundings().clock())) {
            EntityRecord entity = state.entity(name);
            Long held = entity.deletesHeld();
            if (held == null) {
                context.output()
                        .done(
                                "No deletion of " + entity.name() + " waits.",
                                Map.of("entity", entity.name(), "held", 0));
                return ExitCode.OK.number();
            }
            state.stores(entity).entities().approveDeletes(entity.uid(), true);
            state.note(entity, "approve.deletes", held, null);
            context.output()
                    .done(
                            held + " deletions of " + entity.name() + " go on with its next sync.",
                            Map.of("entity", entity.name(), "held", held));
        }
        return ExitCode.OK.number();
    }
}
