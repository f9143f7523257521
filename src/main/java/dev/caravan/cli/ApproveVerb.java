package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import dev.caravan.model.RowPlan;
import dev.caravan.route.Stores;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code approve}: lets something go on that waits for a person. */
@Command(name = "approve", description = "Let something go on that waits for a person (deletes, plan).")
final class ApproveVerb implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ApproveVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say what: approve deletes ENTITY, or approve plan ENTITY");
    }

    @Command(
            name = "plan",
            description = "Show what a changed filter or link does to a table's rows, and let it be done.")
    int plan(
            @Parameters(paramLabel = "ENTITY") String name,
            @Option(names = "--show", description = "Only show it.") boolean show) {
        try (State state =
                State.toChange(context.settings(), context.surroundings().clock())) {
            EntityRecord entity = state.entity(name);
            Optional<RowPlan> open =
                    state.stores(entity).cursors().kept(entity.uid(), "PLAN").map(RowPlan::of);
            if (open.isEmpty()) {
                Map<String, Object> none = Map.of("entity", entity.name(), "plan", "");
                context.output().done("No plan of " + entity.name() + " waits.", none);
                return ExitCode.OK.number();
            }
            RowPlan plan = open.get();
            if (!show) {
                state.whileIdle(entity, () -> approve(state, entity, plan));
            }
            String after = show ? "." : "; it is done with its next sync.";
            context.output()
                    .done(
                            entity.name() + ": " + plan.text() + after,
                            Map.of("entity", entity.name(), "plan", plan.text(), "approved", !show));
        }
        return ExitCode.OK.number();
    }

    /** The next run lists all rows, or finds out which ids are missing; either marks the rows that leave. */
    private static void approve(State state, EntityRecord entity, RowPlan plan) {
        Stores stores = state.stores(entity);
        if (RowPlan.links(plan.choice()).isEmpty()) {
            stores.cursors().reset(entity.uid());
        } else if (stores.cursors().value(entity.uid(), "VERSION").isEmpty()) {
            stores.cursors()
                    .value(entity.uid(), "VERSION_BASE")
                    .ifPresent(base ->
                            stores.cursors().put(entity.uid(), "VERSION", base.substring(0, base.indexOf('@'))));
        }
        stores.entities().setLastFullPass(entity.uid(), Instant.EPOCH);
        stores.entities().approveDeletes(entity.uid(), true);
        stores.entities().setStatus(entity.uid(), "plan approved");
        stores.cursors().keep(entity.uid(), "ROWS", plan.choice());
        stores.cursors().forget(entity.uid(), "PLAN");
        state.note(entity, "approve.plan", null, plan.text());
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
