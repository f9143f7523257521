package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.fault.CaravanException;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.dataverse.DataverseColumn;
import dev.caravan.sandbox.dataverse.DataverseFaults;
import dev.caravan.sandbox.dataverse.DataverseTable;
import dev.caravan.sandbox.dataverse.TableDescription;
import dev.caravan.testing.FaultySql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Lives through one history of a Dataverse and says how often what happened. */
final class DataverseHistoryRunner {
    private static final String THINGS = "vin_things";
    private static final String FILTERED = "vin_filtereds";
    private static final String ACCOUNTS = "accounts";
    private static final int STATEMENTS = 250;
    private static final int FEWEST = 5;

    private final DataverseHouse house;
    private final Map<String, Integer> tally;
    private final Map<String, Deque<String>> deleted = new TreeMap<>();
    private final List<String> story = new ArrayList<>();
    private int made;

    /** What happens to the rows at the source. */
    enum Edit {
        INSERT,
        UPDATE,
        DELETE,
        REVIVE,
        CROSS_THE_FILTER,
        LINK,
        UNLINK,
        UPDATE_ACCOUNT
    }

    /** What goes wrong while a sync is under way. */
    enum Fault {
        NONE,
        THROTTLED_429,
        UNAVAILABLE_503,
        RESET,
        TRUNCATED,
        REFUSED_403,
        TOKEN_ENDS,
        LINKS_EXPIRE,
        SQL_PASSING,
        SQL_REFUSED,
        SQL_ANSWER_LOST,
        SQL_GONE,
        HALT
    }

    /**
     * One sync.
     *
     * @param edits what changes at the source
     * @param during whether it changes while the sync reads, else before
     * @param where picks rows
     * @param fault what goes wrong
     * @param at at which request or statement from 1
     * @param full whether all rows are asked for
     */
    record Step(List<Edit> edits, boolean during, int where, Fault fault, int at, boolean full) {}

    /** @param tally counts, by what happened */
    DataverseHistoryRunner(DataverseHouse house, Map<String, Integer> tally) {
        this.house = house;
        this.tally = tally;
    }

    /** From the first step to a clean sync after the last, after which target and source are equal. */
    void live(boolean patient, List<Step> steps) throws SQLException {
        prepare(patient);
        for (Step step : steps) {
            live(step);
        }
        story.add("clean");
        Map<String, Outcome> clean = house.syncAll(false);
        assertThat(clean.values())
                .allSatisfy(outcome -> assertThat(outcome.status())
                        .as("%s: %s after %s", outcome.entity(), outcome.message(), story)
                        .isEqualTo("completed"));
        DataverseLaws.hold(house, story.toString(), List.of(THINGS));
        VersionLaws.holdRecords(house, THINGS, "vin_thingid", story.toString());
        VersionLaws.holdRecords(house, ACCOUNTS, "accountid", story.toString());
        DataverseLaws.holdFiltered(house, story.toString(), FILTERED, "statecode", "0");
        DataverseLaws.holdLinked(house, story.toString(), ACCOUNTS, THINGS, "_vin_account_value");
    }

    private void prepare(boolean patient) {
        house.with("table." + THINGS + ".history", "true").with("table." + ACCOUNTS + ".history", "true");
        DataverseColumn name = DataverseColumn.text("vin_name", 100);
        house.sandbox.publish(
                TableDescription.of("account", ACCOUNTS, "vin_name", List.of(name))
                        .withUsualColumns(),
                List.of());
        DataverseColumn lookup = DataverseColumn.lookup("vin_account", "account");
        house.sandbox.publish(
                TableDescription.of("vin_thing", THINGS, "vin_name", List.of(name, lookup))
                        .withUsualColumns()
                        .withChangeTracking(true),
                List.of());
        house.sandbox.publish(
                TableDescription.of("vin_filtered", FILTERED, "vin_name", List.of(name))
                        .withUsualColumns(),
                List.of());
        for (String set : List.of(ACCOUNTS, THINGS, FILTERED)) {
            deleted.put(set, new ArrayDeque<>());
            for (int i = 0; i < 25; i++) {
                house.sandbox.table(set).insert(Map.of("vin_name", "Row " + ++made));
            }
        }
        house.set("caravan.max-delete-rows", "1000");
        house.with("tables", ACCOUNTS + ", " + THINGS + ", " + FILTERED)
                .with("retry-time-budget", patient ? "2s" : "200ms")
                .with("table." + FILTERED + ".filter", "statecode eq 0")
                .with("table.accounts.only-linked-from", THINGS + "._vin_account_value");
        for (String set : List.of(ACCOUNTS, THINGS, FILTERED)) {
            house.with("table." + set + ".delete-sweep-every", "0s");
        }
    }

    private void live(Step step) {
        arm(step);
        if (step.during()) {
            house.sandbox.setBeforeAnswer(number -> {
                if (number == 2) {
                    edit(step);
                }
            });
        } else {
            edit(step);
        }
        FaultySql gate = house.sql();
        String ending = sync(step.full());
        house.sandbox.setBeforeAnswer(number -> {});
        house.sandbox.faults().clear();
        if (step.fault() == Fault.HALT) {
            house.restart();
        }
        String hit = gate.disarm();
        boolean isSql = step.fault().name().startsWith("SQL") || step.fault() == Fault.HALT;
        count(isSql && hit.isEmpty() ? "faults too late to happen" : "fault " + step.fault());
        count("sync " + ending);
        story.add(step.edits() + (step.during() ? " during" : "") + " " + step.fault() + "@" + step.at() + " -> "
                + ending);
    }

    private void arm(Step step) {
        int request = 1 + step.at() % 9;
        int statement = 1 + step.at() % STATEMENTS;
        switch (step.fault()) {
            case NONE -> {}
            case THROTTLED_429 -> fault(request, DataverseFaults.throttled(Duration.ZERO));
            case UNAVAILABLE_503 -> fault(request, DataverseFaults.unavailable(Duration.ZERO));
            case REFUSED_403 -> fault(request, DataverseFaults.status(403));
            case RESET -> fault(request, SandboxFault.of(SandboxFault.Kind.BROKEN));
            case TRUNCATED -> fault(request, SandboxFault.of(SandboxFault.Kind.TRUNCATED));
            case TOKEN_ENDS -> house.sandbox.revokeTokens();
            case LINKS_EXPIRE -> house.sandbox.expireDeltaLinks();
            case SQL_PASSING -> house.sql().arm(FaultySql.Kind.PASSING, statement);
            case SQL_REFUSED -> house.sql().arm(FaultySql.Kind.REFUSED, statement);
            case SQL_ANSWER_LOST -> house.sql().arm(FaultySql.Kind.ANSWER_LOST, statement);
            case SQL_GONE, HALT -> house.sql().arm(FaultySql.Kind.GONE, statement);
        }
    }

    private void fault(int request, SandboxFault fault) {
        house.sandbox.faults().at(request, fault);
    }

    private String sync(boolean full) {
        try {
            List<String> endings = house.syncAll(full).values().stream()
                    .map(Outcome::status)
                    .distinct()
                    .sorted()
                    .toList();
            return String.join(" and ", endings);
        } catch (CaravanException refused) {
            return "not discovered";
        } catch (DataAccessException | TransactionException gone) {
            return "not begun";
        }
    }

    private void edit(Step step) {
        int where = step.where();
        for (Edit edit : step.edits()) {
            edit(edit, where % 2 == 0 ? THINGS : FILTERED, where);
            count("edit " + edit);
            where = Math.floorMod(where * 31 + 7, 1_000_000);
        }
    }

    private void edit(Edit edit, String set, int where) {
        DataverseTable table = house.sandbox.table(set);
        switch (edit) {
            case INSERT -> table.insert(Map.of("vin_name", "Row " + ++made));
            case UPDATE -> table.set(key(set, where), "vin_name", "Edit " + ++made);
            case DELETE -> {
                if (table.size() > FEWEST) {
                    String key = key(set, where);
                    deleted(set).push(key);
                    table.delete(key);
                }
            }
            case REVIVE -> {
                if (!deleted(set).isEmpty()) {
                    table.undelete(deleted(set).pop());
                }
            }
            case CROSS_THE_FILTER -> {
                DataverseTable filtered = house.sandbox.table(FILTERED);
                String key = key(FILTERED, where);
                boolean open = "0".equals(String.valueOf(filtered.row(key).value("statecode")));
                filtered.set(key, "statecode", open ? 1 : 0);
            }
            case LINK -> house.sandbox.table(THINGS).set(key(THINGS, where), "vin_account", key(ACCOUNTS, where / 3));
            case UNLINK -> house.sandbox.table(THINGS).set(key(THINGS, where), "vin_account", null);
            case UPDATE_ACCOUNT ->
                house.sandbox.table(ACCOUNTS).set(key(ACCOUNTS, where / 3), "vin_name", "Edit " + ++made);
        }
    }

    private Deque<String> deleted(String set) {
        return deleted.getOrDefault(set, new ArrayDeque<>());
    }

    private String key(String set, int where) {
        List<String> keys = house.sandbox.table(set).keys(1000);
        return keys.get(where % keys.size());
    }

    private synchronized void count(String what) {
        tally.merge(what, 1, Integer::sum);
    }
}
