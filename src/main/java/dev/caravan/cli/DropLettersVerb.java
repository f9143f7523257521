package dev.caravan.cli;

import dev.caravan.model.EntityRecord;
import dev.caravan.route.Replay;
import dev.caravan.store.DeadLetterRepository;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dead-letters drop}: forgets records that nobody wants. */
@Command(name = "drop", description = "Forget records that nobody wants. One that comes again is refused again.")
final class DropLettersVerb implements Callable<Integer> {
    private static final int AT_ONCE = 500;

    private final Context context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LetterChoice choice = new LetterChoice();

    @Option(names = "--all", description = "All there are.")
    private boolean all;

    DropLettersVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (choice.isEmpty() != all) {
            throw new ParameterException(spec.commandLine(), "Say which: letters, options that choose some, or --all");
        }
        int dropped = 0;
        try (State state =
                State.toChange(context.settings(), context.surroundings().clock())) {
            for (Replay chosen : choice.of(state)) {
                dropped += drop(state, state.entity(chosen.entity()), chosen);
            }
        }
        context.output()
                .done(
                        "Dropped " + dropped + (dropped == 1 ? " dead letter." : " dead letters."),
                        Map.of("dropped", dropped));
        return ExitCode.OK.number();
    }

    private static int drop(State state, EntityRecord entity, Replay chosen) {
        DeadLetterRepository letters = state.stores(entity).deadLetters();
        int dropped = 0;
        List<DeadLetterRepository.Stored> some = letters.next(chosen.wanted(), "", AT_ONCE);
        while (!some.isEmpty()) {
            for (DeadLetterRepository.Stored stored : some) {
                letters.delete(stored.uid());
                state.note(entity, "dead-letters.drop", stored.letter().reference(), null);
                dropped++;
            }
            some = letters.next(chosen.wanted(), "", AT_ONCE);
        }
        return dropped;
    }
}
