package dev.caravan.cli;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.route.Stores;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows and sets how far entities have come. */
@Command(name = "cursors", description = "Show and set how far entities have come.", mixinStandardHelpOptions = true)
final class CursorsCommand implements Callable<Integer> {
    @Mixin
    private final Shared shared = new Shared();

    @Parameters(index = "0", paramLabel = "ACTION", defaultValue = "list", description = "list, set or reset")
    private String action = "list";

    @Parameters(index = "1", paramLabel = "ENTITY", arity = "0..1", description = "for set and reset")
    private @Nullable String entity;

    @Parameters(index = "2", paramLabel = "VALUE", arity = "0..1", description = "for set")
    private @Nullable String value;

    @Override
    public Integer call() {
        switch (action) {
            case "list" -> list();
            case "set" -> set(value);
            case "reset" -> set(null);
            default ->
                throw new CaravanException(
                        FaultKind.CONFIGURATION, "ACTION_UNKNOWN", action + " is none of list, set, reset");
        }
        return ExitCode.OK.code();
    }

    private void list() {
        TextTable table = new TextTable("entity", "cursor", "checkpoint");
        shared.read(stores -> {
            for (EntityRecord record : stores.entities().all()) {
                table.add(
                        record.name(),
                        stores.cursors().value(record.uid()).orElse(""),
                        stores.cursors().checkpoint(record.uid()).orElse(""));
            }
            return true;
        });
        table.print(shared);
    }

    private void set(@Nullable String cursor) {
        boolean wanting = entity == null || action.equals("set") && cursor == null;
        if (wanting) {
            throw new CaravanException(
                    FaultKind.CONFIGURATION,
                    "ARGUMENT_MISSING",
                    "cursors " + action + " needs an entity" + (action.equals("set") ? " and a value" : ""));
        }
        shared.change(stores -> {
            EntityRecord record = find(stores, entity == null ? "" : entity);
            stores.cursors().set(record.uid(), cursor);
            stores.cursors().setCheckpoint(record.uid(), null);
            return true;
        });
    }

    static EntityRecord find(Stores stores, String name) {
        return stores.entities()
                .find(name)
                .orElseThrow(() -> new CaravanException(
                        FaultKind.CONFIGURATION,
                        "ENTITY_UNKNOWN",
                        "No entity is called " + name + "; see 'caravan status'"));
    }
}
