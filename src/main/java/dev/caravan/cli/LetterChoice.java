package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Replay;
import dev.caravan.store.DeadLetterRepository;
import dev.caravan.store.DeadLetterRepository.Chosen;
import dev.caravan.store.DeadLetterRepository.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters a verb is about: named ones, or all that have something in common. */
final class LetterChoice {
    @Parameters(paramLabel = "LETTER", arity = "0..*", description = "As the list names them.")
    private List<String> uids = List.of();

    @Option(names = "--entity", paramLabel = "ENTITY", description = "Those of this entity.")
    private @Nullable String entity;

    @Option(names = "--run", paramLabel = "RUN", description = "Those of this run.")
    private @Nullable String run;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            converter = StageConverter.class,
            description = "Those of this stage: NORMALISE, VALIDATE ...")
    private @Nullable String stage;

    @Option(names = "--code", paramLabel = "CODE", description = "Those with this code.")
    private @Nullable String code;

    /** Whether nothing is chosen, which means all. */
    boolean isEmpty() {
        return uids.isEmpty() && entity == null && run == null && stage == null && code == null;
    }

    /**
     * The chosen letters by entity; an entity without one is left out.
     *
     * @throws CaravanException LETTER_UNKNOWN if one that is named is not there
     */
    List<Replay> of(State state) {
        List<Replay> replays = new ArrayList<>();
        String only = entity == null ? null : state.entity(entity).name();
        Map<String, Boolean> left = new LinkedHashMap<>();
        uids.forEach(uid -> left.put(uid, true));
        for (EntityRecord each : state.entities()) {
            DeadLetterRepository letters = state.stores(each).deadLetters();
            if (only != null && !only.equals(each.name())) {
                continue;
            }
            Chosen chosen = new Chosen(new Wanted(each.uid(), run, stage, upper(code), null), uids, false);
            if (!letters.next(chosen, "", 1).isEmpty()) {
                replays.add(new Replay(each.name(), chosen));
            }
            uids.stream().filter(uid -> letters.find(uid).isPresent()).forEach(left::remove);
        }
        if (!left.isEmpty()) {
            throw unknown(left.keySet().iterator().next());
        }
        return replays;
    }

    static CaravanException unknown(String uid) {
        return new CaravanException(
                FaultKind.CONFIGURATION, "LETTER_UNKNOWN", "There is no dead letter " + uid + "; it may be resolved");
    }

    private static @Nullable String upper(@Nullable String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }
}
