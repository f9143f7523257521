package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.DeadLetter;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Stores;
import dev.caravan.store.DeadLetterRepository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dead-letters}: records that could not be taken. */
@Command(name = "dead-letters", description = "Records that could not be taken (list, show, retry, edit, drop).")
final class DeadLettersVerb implements Callable<Integer> {
    private final Context context;

    DeadLettersVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return list(null, null, null, null, null, 50);
    }

    @Command(name = "list", description = "List them, the newest first.")
    int list(
            @Parameters(paramLabel = "ENTITY", arity = "0..1", description = "Only of this one.") @Nullable String name,
            @Option(names = "--run", paramLabel = "RUN", description = "Only those of this run.") @Nullable String run,
            @Option(
                            names = "--stage",
                            paramLabel = "STAGE",
                            converter = StageConverter.class,
                            description = "Only of this stage: NORMALISE, VALIDATE ...")
                    @Nullable
                    String stage,
            @Option(names = "--code", paramLabel = "CODE", description = "Only with this code.") @Nullable String code,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            converter = StageConverter.OfType.class,
                            description = "Only BAD_DATA, or only INTERNAL.")
                    @Nullable
                    String type,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            converter = CountConverter.class,
                            description = "Most letters (default: 50).")
                    int limit) {
        Table table = new Table("letter", "entity", "reference", "stage", "code", "created", "message");
        long all = 0;
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                String uid = name == null ? null : state.entity(name).uid();
                DeadLetterRepository.Wanted wanted =
                        new DeadLetterRepository.Wanted(uid, run, stage, upper(code), type);
                fill(table, state, wanted, limit);
                for (Stores stores : state.all()) {
                    all += stores.deadLetters().countOf(wanted);
                }
            }
        }
        context.output().table(table, "There is no dead letter.");
        if (all > limit) {
            context.output().say("The newest " + limit + " of " + all + "; --limit shows more.");
        }
        return ExitCode.OK.number();
    }

    private static void fill(Table table, State state, DeadLetterRepository.Wanted wanted, int limit) {
        Map<String, String> names = names(state);
        List<DeadLetterRepository.Stored> letters = new ArrayList<>();
        state.all().forEach(stores -> letters.addAll(stores.deadLetters().latest(wanted, limit)));
        letters.sort(
                Comparator.comparing(DeadLetterRepository.Stored::createdAt).reversed());
        for (DeadLetterRepository.Stored stored : letters.subList(0, Math.min(limit, letters.size()))) {
            DeadLetter letter = stored.letter();
            table.row(
                    stored.uid(),
                    names.getOrDefault(stored.entityUid(), stored.entityUid()),
                    letter.reference(),
                    letter.stage(),
                    letter.code(),
                    stored.createdAt(),
                    letter.message());
        }
    }

    @Command(name = "show", description = "Show one with all its forms.")
    int show(@Parameters(paramLabel = "LETTER", description = "As the list names it.") String uid) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        Optional<State> opened = open();
        if (opened.isPresent()) {
            try (State state = opened.get()) {
                state.all()
                        .forEach(stores -> stores.deadLetters()
                                .find(uid)
                                .ifPresent(stored -> fill(document, stored, names(state))));
            }
        }
        if (document.isEmpty()) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "LETTER_UNKNOWN",
                    "There is no dead letter " + uid + "; it may be resolved");
        }
        if (context.output().isJson()) {
            context.output().json(document);
        }
        document.forEach((key, value) -> {
            if (value != null) {
                context.output().line(String.format("%-11s %s", key, value));
            }
        });
        return ExitCode.OK.number();
    }

    private static @Nullable String upper(@Nullable String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    private Optional<State> open() {
        return State.toRead(context.settings(), context.surroundings().clock());
    }

    private static Map<String, String> names(State state) {
        Map<String, String> names = new HashMap<>();
        for (EntityRecord entity : state.entities()) {
            names.put(entity.uid(), entity.name());
        }
        return names;
    }

    private static void fill(
            Map<String, @Nullable Object> document, DeadLetterRepository.Stored stored, Map<String, String> names) {
        DeadLetter letter = stored.letter();
        document.put("letter", stored.uid());
        document.put("entity", names.getOrDefault(stored.entityUid(), stored.entityUid()));
        document.put("run", stored.runUid());
        document.put("reference", letter.reference());
        document.put("stage", letter.stage());
        document.put("code", letter.code());
        document.put("created", stored.createdAt());
        document.put("message", letter.message());
        document.put("raw", letter.raw());
        document.put("normalised", letter.normalised());
        document.put("mapped", letter.mapped());
        document.put("row_version", letter.rowVersion());
        document.put("type", letter.type());
        document.put("retries", stored.retryCount());
        document.put("next_retry", stored.nextRetryAt());
    }
}
