package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.CaravanException;
import dev.caravan.model.Column;
import dev.caravan.model.EntityRecord;
import dev.caravan.schema.odata.AttributeDefinition;
import dev.caravan.schema.odata.DefinitionRequests;
import dev.caravan.schema.odata.EntityDefinition;
import dev.caravan.schema.odata.TableLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Columns that the application may not read (<a
 * href="https://learn.microsoft.com/power-apps/developer/data-platform/field-security-entities">column security</a>): they
 * come as NULL, which is no value of theirs, so that what is stored stays. Stateless but for the database.
 */
final class DataverseSecurity {
    /** The alert of a table with such columns. */
    static final String ALERT = "columns-unreadable";
    /** Under which their names are kept of a table. */
    private static final String UNREADABLE = "UNREADABLE";

    private static final Set<String> NOT_ALLOWED = Set.of("FORBIDDEN", "NOT_FOUND", "REQUEST_REFUSED");

    private final Caller caller;

    DataverseSecurity(Caller caller) {
        this.caller = caller;
    }

    /** The columns of a table that may not be read, as they are remembered. */
    static Set<String> of(Stores stores, String uid) {
        return stores.cursors()
                .kept(uid, UNREADABLE)
                .map(text -> Set.of(text.split(",", -1)))
                .orElse(Set.of());
    }

    /**
     * The ids of secured columns that may be read. Asked for only where a column of these tables is secured.
     *
     * @return empty where nothing is secured, or it cannot be known
     */
    Optional<Set<String>> readable(ConnectorSettings connector, Collection<EntityDefinition> tables) {
        if (tables.stream().noneMatch(DataverseSecurity::secured)) {
            return Optional.of(Set.of());
        }
        try {
            List<String> user = ask(connector, DefinitionRequests.WHO_AM_I);
            return user.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new HashSet<>(ask(connector, DefinitionRequests.privileges(user.get(0)))));
        } catch (CaravanException refused) {
            if (!NOT_ALLOWED.contains(refused.code())) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    private static boolean secured(EntityDefinition table) {
        return table.attributes().values().stream()
                .anyMatch(column -> !column.securedAs().isEmpty());
    }

    private List<String> ask(ConnectorSettings connector, String path) {
        SourceRequest request =
                new SourceRequest(SourceRequest.Kind.METADATA, connector.type(), connector.name(), "", path, null);
        List<String> answer = new ArrayList<>();
        for (Object each : caller.ask(request, List.class)) {
            answer.add(String.valueOf(each));
        }
        return answer;
    }

    /** Remembers which columns of a table may not be read now, and tells what is different. */
    static void keep(
            Stores stores,
            EntityRecord entity,
            Optional<EntityDefinition> table,
            Optional<Set<String>> readable,
            List<String> news) {
        if (readable.isEmpty()) {
            return;
        }
        Set<String> before = of(stores, entity.uid());
        Set<String> now = unreadable(entity, table, readable.get());
        if (now.equals(before)) {
            return;
        }
        stores.cursors().forget(entity.uid(), UNREADABLE);
        stores.alerts().clear(ALERT, entity.name());
        if (!now.isEmpty()) {
            String text = names(now) + " may not be read (column security); values that are stored stay as they are";
            stores.cursors().keep(entity.uid(), UNREADABLE, String.join(",", now));
            stores.alerts().raise(ALERT, entity.name(), text);
            news.add(entity.name() + ": " + text);
        }
        Set<String> again = new TreeSet<>(before);
        again.removeAll(now);
        if (!again.isEmpty()) {
            stores.cursors().reset(entity.uid());
            news.add(entity.name() + ": " + names(again) + " may be read again; all rows are asked for anew");
        }
    }

    /** The columns of a table that are secured, and not among those that may be read. */
    static Set<String> unreadable(EntityRecord entity, Optional<EntityDefinition> table, Set<String> readable) {
        Set<String> columns = new TreeSet<>();
        for (Column column : entity.columns()) {
            String secured = table.map(definition -> definition.attributes().get(attribute(column)))
                    .map(AttributeDefinition::securedAs)
                    .orElse("");
            if (!secured.isEmpty() && !readable.contains(secured)) {
                columns.add(column.name());
            }
        }
        return columns;
    }

    private static String names(Collection<String> columns) {
        return String.join(", ", columns);
    }

    /** The attribute that a column is of; one beside a lookup is of the lookup's. */
    private static String attribute(Column column) {
        String name = column.name();
        return column.declaredType().equals("lookuplogicalname")
                ? TableLayout.attribute(TableLayout.lookup(name))
                : TableLayout.attribute(name);
    }
}
