package dev.caravan.route;

import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far entities have come, as people see and set it: what the strategy of each reads. Stateless. */
public final class Cursors {
    private Cursors() {}

    /** The cursor; empty before the first. */
    public static Optional<String> shown(Stores stores, EntityRecord entity) {
        return DataverseCursors.shown(stores, entity);
    }

    /**
     * Looks whether a cursor can be set.
     *
     * @throws CaravanException CURSOR_BACKWARDS, CURSOR_UNFIT
     */
    public static void check(Stores stores, EntityRecord entity, String value) {
        switch (entity.strategy()) {
            case TRACK -> {
                Optional<String> link = stores.cursors().value(entity.uid(), DataverseCursors.LINK);
                if (link.isPresent() && !link.get().equals(value)) {
                    throw unfit(
                            entity,
                            "follows a link to its changes, and links have no order; 'caravan cursors reset "
                                    + entity.name() + "' begins anew, or strategy = version goes by versions");
                }
                requireForward(stores, entity, isLink(value) ? null : version(entity, value), null);
            }
            case VERSION -> requireForward(stores, entity, version(entity, value), null);
            case MODIFIED -> requireForward(stores, entity, null, time(entity, value));
            case FULL, HASH ->
                throw unfit(
                        entity,
                        "lists all rows each time and has no cursor; 'caravan sync " + entity.name() + "' brings them");
            case AUTO, ROWVERSION -> {
                Optional<String> held = stores.cursors().value(entity.uid());
                if (held.isPresent() && held.get().compareTo(value) > 0) {
                    throw backwards(entity, held.get(), value);
                }
            }
        }
    }

    /** Sets a cursor that {@link #check} found good, so that the next run begins there. */
    public static void move(Stores stores, EntityRecord entity, String value) {
        check(stores, entity, value);
        String uid = entity.uid();
        Strategy strategy = entity.strategy();
        if (strategy == Strategy.TRACK && isLink(value)) {
            stores.cursors().put(uid, DataverseCursors.LINK, value);
        } else if (strategy == Strategy.TRACK || strategy == Strategy.VERSION) {
            DataverseCursors.setVersion(stores, uid, Long.parseLong(value));
        } else if (strategy == Strategy.MODIFIED) {
            stores.cursors().put(uid, DataverseCursors.TIME, time(entity, value).toString());
        } else {
            stores.cursors().advance(uid, value);
        }
        stores.entities().setLastRowversion(uid, isLink(value) ? null : value);
    }

    private static boolean isLink(String value) {
        return value.startsWith("http://") || value.startsWith("https://");
    }

    private static Long version(EntityRecord entity, String value) {
        if (!value.matches("\\d{1,18}")) {
            throw unfit(entity, "goes by version numbers, and '" + value + "' is none");
        }
        return Long.valueOf(value);
    }

    private static Instant time(EntityRecord entity, String value) {
        return Sinces.time(value)
                .map(Instant::parse)
                .orElseThrow(
                        () -> unfit(entity, "goes by times such as 2024-06-12T14:13:25Z, and '" + value + "' is none"));
    }

    private static void requireForward(
            Stores stores, EntityRecord entity, @Nullable Long version, @Nullable Instant time) {
        Optional<String> numbers = stores.cursors().value(entity.uid(), DataverseCursors.VERSION);
        if (version != null && numbers.isPresent() && Long.parseLong(numbers.get()) > version) {
            throw backwards(entity, numbers.get(), version.toString());
        }
        Optional<String> times = stores.cursors().value(entity.uid(), DataverseCursors.TIME);
        if (time != null && times.isPresent() && Instant.parse(times.get()).isAfter(time)) {
            throw backwards(entity, times.get(), time.toString());
        }
    }

    private static CaravanException backwards(EntityRecord entity, String held, String value) {
        return new CaravanException(
                FaultKind.CONFIGURATION,
                "CURSOR_BACKWARDS",
                entity.name() + " stands at " + held + ", after " + value + "; 'caravan cursors reset " + entity.name()
                        + "' begins anew");
    }

    private static CaravanException unfit(EntityRecord entity, String why) {
        return new CaravanException(FaultKind.CONFIGURATION, "CURSOR_UNFIT", entity.name() + " " + why);
    }
}
