package dev.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.store.DeadLetterRepository;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dead-letters edit}: corrects a record by hand. */
@Command(name = "edit", description = "Correct values of a record; 'dead-letters retry' then tries it.")
final class EditLetterVerb implements Callable<Integer> {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Context context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "LETTER", description = "As the list names it.")
    private String uid = "";

    @Option(names = "--set", paramLabel = "FIELD=VALUE", description = "Puts a text in place of a value.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--null", paramLabel = "FIELD", description = "Empties a value.")
    private List<String> emptied = List.of();

    EditLetterVerb(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (set.isEmpty() && emptied.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Say what to change: --set FIELD=VALUE or --null FIELD");
        }
        if (set.keySet().stream().anyMatch(field -> emptied.stream().anyMatch(field::equalsIgnoreCase))) {
            throw new ParameterException(spec.commandLine(), "A field can be set or emptied, not both");
        }
        try (State state =
                State.toChange(context.settings(), context.surroundings().clock())) {
            for (EntityRecord entity : state.entities()) {
                DeadLetterRepository letters = state.stores(entity).deadLetters();
                Optional<DeadLetterRepository.Stored> found =
                        letters.find(uid).filter(stored -> stored.entityUid().equals(entity.uid()));
                if (found.isPresent()) {
                    String before = found.get().letter().raw();
                    String after = edited(before);
                    if (after.equals(before)) {
                        context.output()
                                .done("It is so already; nothing is changed.", Map.of("letter", uid, "changed", false));
                        return ExitCode.OK.number();
                    }
                    letters.edit(uid, after);
                    state.note(entity, "dead-letters.edit", before, after);
                    context.output()
                            .done(
                                    "Changed; 'caravan dead-letters retry " + uid + "' tries it.",
                                    Map.of("letter", uid, "changed", true));
                    return ExitCode.OK.number();
                }
            }
        }
        throw LetterChoice.unknown(uid);
    }

    private String edited(String raw) {
        try {
            ObjectNode record = (ObjectNode) JSON.readTree(raw);
            set.forEach((field, value) -> record.put(named(record, field), value));
            emptied.forEach(field -> record.putNull(named(record, field)));
            return JSON.writeValueAsString(record);
        } catch (JsonProcessingException broken) {
            throw new CaravanException(
                    FaultKind.INTERNAL, "LETTER_UNREADABLE", "The raw form of " + uid + " is not JSON", broken);
        }
    }

    /** The field as the record writes it. */
    private static String named(ObjectNode record, String field) {
        StringJoiner all = new StringJoiner(", ");
        Iterator<String> names = record.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (name.equalsIgnoreCase(field)) {
                return name;
            }
            all.add(name);
        }
        throw new CaravanException(
                FaultKind.CONFIGURATION, "FIELD_UNKNOWN", "The record has no field " + field + "; it has " + all);
    }
}
