package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.config.Settings;
import dev.caravan.config.Window;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.store.BackgroundRepository;
import dev.caravan.store.BackgroundRepository.Background;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When an entity may be synced: not before a try that waits, and only inside its window. Safe for several threads. */
public final class Timetable {
    /** The code of a run that did not begin, or ended, because its window is closed. */
    static final String CLOSED = "WINDOW_CLOSED";

    private final Settings settings;
    private final Reruns reruns;
    private final Clock clock;

    Timetable(Settings settings, Reruns reruns, Clock clock) {
        this.settings = settings;
        this.reruns = reruns;
        this.clock = clock;
    }

    /** Asked by the route of each entity before it begins a run. */
    public boolean isDue(String entity) {
        return reruns.isDue(entity);
    }

    private static Optional<Window> window(ConnectorSettings connector, EntityRecord entity) {
        return DataverseSource.settings(connector, entity.slug(), entity.description())
                .window();
    }

    private Optional<Window> window(EntityRecord entity) {
        return settings.connector(entity.connector()).flatMap(connector -> window(connector, entity));
    }

    /**
     * When the window of an entity closes that is open now; null if it has none.
     *
     * @throws CaravanException WINDOW_CLOSED
     */
    @Nullable
    Instant closing(EntityRecord entity, SyncOptions options) {
        Optional<Window> window = window(entity);
        if (window.isEmpty() || options.anyTime()) {
            return null;
        }
        Instant now = clock.instant();
        return window.get()
                .at(now)
                .orElseThrow(() -> new CaravanException(
                        FaultKind.TRANSIENT,
                        CLOSED,
                        entity.name() + " is synced " + window.get() + " only; that is from "
                                + window.get().after(now).begin() + "; name it to sync it now"))
                .end();
    }

    /** Whether the window closes in which a run may go on. */
    boolean isOver(RunPlan plan) {
        Instant closing = plan.closing();
        return closing != null && !clock.instant().isBefore(closing);
    }

    /** Remembers which windows hold, for those who look. */
    void remember(TargetDatabase database) {
        BackgroundRepository background = database.stores().background();
        Map<String, Background> known = new HashMap<>();
        background.active().forEach(one -> known.put(one.entityUid(), one));
        if (known.isEmpty() && settings.connectors().stream().noneMatch(Timetable::hasWindows)) {
            return;
        }
        for (EntityRecord entity : database.stores().entities().all()) {
            Background before = known.get(entity.uid());
            Optional<Window> window = window(entity);
            if (window.isEmpty() && before != null) {
                background.retire(entity.uid());
            } else if (window.isPresent() && !isSame(before, window.get())) {
                Window now = window.get();
                background.put(
                        entity.uid(),
                        now.from().toString(),
                        now.until().toString(),
                        now.zone().getId());
            }
        }
    }

    private static boolean hasWindows(ConnectorSettings connector) {
        return connector.settings().values().stream()
                .anyMatch(entity -> entity.window().isPresent());
    }

    private static boolean isSame(@Nullable Background before, Window now) {
        return before != null
                && before.begin().equals(now.from().toString())
                && before.end().equals(now.until().toString())
                && before.zone().equals(now.zone().getId());
    }

    /** Remembers where a pass stands that did not reach its end; nothing for one that did. */
    static void stand(RunPlan plan) {
        if (plan.settings().window().isPresent()) {
            String uid = plan.entity().uid();
            boolean stands = plan.stores().cursors().checkpoint(uid).isPresent();
            plan.stores().background().setOffset(uid, stands ? plan.feed().position() : null);
        }
    }
}
