package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.store.DeadLetterRepository.Stored;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows records that could not be stored, and why. */
@Command(
        name = "dead-letters",
        description = "Records that could not be stored, and why.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Parameters(index = "0", paramLabel = "ACTION", defaultValue = "list", description = "list or show")
    private String action = "list";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            arity = "0..1",
            description = "an entity to list, or a letter to show")
    private @Nullable String name;

    @Option(names = "--limit", defaultValue = "50", description = "how many at the most")
    private int limit = 50;

    @Override
    public Integer call() {
        TextTable table = action.equals("show") ? show() : list();
        table.print(shared);
        return ExitCode.OK.code();
    }

    private TextTable list() {
        TextTable table = new TextTable("uid", "stage", "code", "reference", "message");
        shared.read(stores -> {
            String uid = name == null
                    ? null
                    : stores.entities().find(name).map(EntityRecord::uid).orElse("");
            for (Stored stored : stores.deadLetters().latest(uid, limit)) {
                table.add(
                        stored.uid(),
                        stored.letter().stage(),
                        stored.letter().code(),
                        stored.letter().reference(),
                        stored.letter().message());
            }
            return true;
        });
        return table;
    }

    private TextTable show() {
        TextTable table = new TextTable("field", "value");
        Stored stored = shared.read(stores -> stores.deadLetters().find(name == null ? "" : name))
                .orElseThrow(() -> new CaravanException(
                        FaultKind.CONFIGURATION, "LETTER_UNKNOWN", "No dead letter is called " + name));
        table.add("reference", stored.letter().reference());
        table.add("stage", stored.letter().stage());
        table.add("code", stored.letter().code());
        table.add("message", stored.letter().message());
        table.add("since", stored.createdAt());
        table.add("raw", stored.letter().raw());
        table.add("normalised", stored.letter().normalised());
        table.add("mapped", stored.letter().mapped());
        return table;
    }
}
