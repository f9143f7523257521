package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.fault.CaravanException;
import dev.caravan.pipeline.History.Edit;
import dev.caravan.pipeline.History.Fault;
import dev.caravan.pipeline.History.Step;
import dev.caravan.route.Outcome;
import dev.caravan.sandbox.SandboxFault;
import dev.caravan.sandbox.SandboxRow;
import dev.caravan.sandbox.SandboxTable;
import dev.caravan.testing.FaultySql;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Lives through one history and says how often what happened. */
final class HistoryRunner {
    private static final int STATEMENTS = 120;

    private final House house;
    private final Map<String, Integer> tally;
    private final Deque<Map<String, @Nullable Object>> deleted = new ArrayDeque<>();
    private final List<String> story = new ArrayList<>();
    private int made;

    /** @param tally counts, by what happened */
    HistoryRunner(House house, Map<String, Integer> tally) {
        this.house = house;
        this.tally = tally;
    }

    /**
     * From the first step to a clean sync after the last, after which target and source are equal. Where rows are told apart
     * by their hash, that sync may pass over answers that are known.
     */
    void live(History history) throws SQLException {
        boolean byHash = !history.patient();
        house.with("caravan.connector.erp.retry-time-budget", history.patient() ? "2s" : "200ms")
                .with("caravan.max-delete-rows", "1000")
                .with("caravan.connector.erp.order-by", history.ordered() ? "on" : "off")
                .with("caravan.connector.erp.entity.things.history", history.ordered() ? "true" : "false")
                .things(30, byHash ? "hash" : "auto");
        for (Step step : history.steps()) {
            live(step);
        }
        story.add("clean");
        assertThat(house.sync(!byHash).status()).as("%s", story).isEqualTo("completed");
        Laws.hold(house, story.toString());
        if (history.ordered()) {
            VersionLaws.hold(house, "things", "\"ID\"", story.toString());
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
        boolean happened = !hit.isEmpty() || !isSql(step.fault());
        count(happened ? "fault " + step.fault() : "faults too late to happen");
        count("run " + ending);
        story.add(step.edits() + (step.during() ? " during" : "") + " " + step.fault() + "@" + step.at() + " -> "
                + ending);
    }

    private static boolean isSql(Fault fault) {
        return fault.name().startsWith("SQL") || fault == Fault.HALT;
    }

    private void arm(Step step) {
        int request = 1 + step.at() % 9;
        int statement = 1 + step.at() % STATEMENTS;
        switch (step.fault()) {
            case NONE -> {}
            case THROTTLED_429 -> house.sandbox.faults().at(request, SandboxFault.status(429, "0"));
            case UNAVAILABLE_503 -> house.sandbox.faults().at(request, SandboxFault.status(503, "0"));
            case REFUSED_404 -> house.sandbox.faults().at(request, SandboxFault.status(404));
            case RESET -> house.sandbox.faults().at(request, SandboxFault.of(SandboxFault.Kind.BROKEN));
            case TRUNCATED -> house.sandbox.faults().at(request, SandboxFault.of(SandboxFault.Kind.TRUNCATED));
            case SQL_PASSING -> house.sql().arm(FaultySql.Kind.PASSING, statement);
            case SQL_REFUSED -> house.sql().arm(FaultySql.Kind.REFUSED, statement);
            case SQL_ANSWER_LOST -> house.sql().arm(FaultySql.Kind.ANSWER_LOST, statement);
            case SQL_GONE, HALT -> house.sql().arm(FaultySql.Kind.GONE, statement);
        }
    }

    private String sync(boolean full) {
        try {
            Outcome outcome = house.sync(full);
            return outcome.status();
        } catch (CaravanException refused) {
            return "not discovered";
        } catch (DataAccessException gone) {
            return "not begun";
        }
    }

    private void edit(Step step) {
        SandboxTable things = house.sandbox.table("things");
        int where = step.where();
        for (Edit edit : step.edits()) {
            if (things.size() > 0 || edit == Edit.INSERT) {
                edit(edit, things, where);
                count("edit " + edit);
            }
            where = where * 31 + 7;
        }
    }

    private void edit(Edit edit, SandboxTable things, int where) {
        int size = things.size();
        int row = Math.floorMod(where, Math.max(1, size));
        int other = Math.floorMod(where / 7, Math.max(1, size));
        switch (edit) {
            case INSERT -> things.insertAt(row, House.thing(1000 + ++made));
            case UPDATE -> things.update(row, SandboxRow.values("NAME", "Edit " + ++made));
            case DELETE -> {
                deleted.push(things.row(row).values());
                things.delete(row);
            }
            case MOVE -> things.move(row, other);
            case REVIVE -> things.insertAt(row, deleted.isEmpty() ? House.thing(1000 + ++made) : deleted.pop());
            case CHANGE_KEY -> things.update(row, SandboxRow.values("ID", "K-" + ++made));
        }
    }

    private void count(String what) {
        tally.merge(what, 1, Integer::sum);
    }
}
