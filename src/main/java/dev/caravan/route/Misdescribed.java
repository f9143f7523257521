package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.fault.FaultKind;
import dev.caravan.model.EntityRecord;
import dev.caravan.store.AlertRepository;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The APIs of one connector that APISmith describes wrongly: each is told and left out, with its table as it is, until it
 * is described rightly; the others go on. Used by one thread.
 */
final class Misdescribed {
    /** The alert of an API that is described wrongly. */
    static final String ALERT = "description-wrong";
    /** The code of an entity that is left out for it. */
    static final String CODE = "DESCRIPTION_WRONG";

    private final ConnectorSettings connector;
    private final AlertRepository alerts;
    private final List<String> news;
    private final Set<String> told = new HashSet<>();

    Misdescribed(ConnectorSettings connector, Stores stores, List<String> news) {
        this.connector = connector;
        this.alerts = stores.alerts();
        this.news = news;
    }

    /** An API that is not wanted is nobody's trouble. */
    void tell(String slug, String why) {
        if (connector.wants(slug)) {
            tellOf(
                    slug,
                    "APISmith describes it wrongly: " + why
                            + "; correct the API in APISmith, and it is synced again after the next discovery");
        }
    }

    /** None can be called wanted or not. */
    void tellUnnamed(int count) {
        if (count > 0) {
            tellOf(
                    "(no slug)",
                    "APISmith lists " + count + (count == 1 ? " API" : " APIs")
                            + " without a slug; give each one in APISmith; until then no API that is missing is taken"
                            + " for gone");
        }
    }

    private void tellOf(String slug, String message) {
        String name = connector.name() + "." + slug;
        told.add(name);
        news.add(name + ": not synced. " + message);
        boolean isOther = alerts.open().stream()
                .anyMatch(alert -> alert.kind().equals(ALERT)
                        && alert.subject().equals(name)
                        && !alert.message().equals(message));
        if (isOther) {
            alerts.clear(ALERT, name);
        }
        alerts.raise(ALERT, name, message);
    }

    /** What is described rightly now, or published no more, stands in nobody's way. */
    void clearOthers() {
        alerts.open().stream()
                .filter(alert -> alert.kind().equals(ALERT)
                        && alert.subject().startsWith(connector.name() + ".")
                        && !told.contains(alert.subject()))
                .forEach(alert -> alerts.clear(ALERT, alert.subject()));
    }

    /** Whether an entity was described wrongly when its source was asked last. */
    static boolean is(Stores stores, EntityRecord entity) {
        return stores.alerts().open().stream().anyMatch(alert -> isOf(alert, entity));
    }

    /** Refuses a run of an entity that is described wrongly. */
    static void refuse(Stores stores, EntityRecord entity) {
        stores.alerts().open().stream()
                .filter(alert -> isOf(alert, entity))
                .findFirst()
                .ifPresent(alert -> {
                    throw new CaravanException(
                            FaultKind.CONFIGURATION, CODE, entity.name() + ": not synced. " + alert.message());
                });
    }

    private static boolean isOf(AlertRepository.Alert alert, EntityRecord entity) {
        return alert.kind().equals(ALERT) && alert.subject().equals(entity.name());
    }
}
