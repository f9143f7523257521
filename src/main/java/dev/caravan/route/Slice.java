package dev.caravan.route;

import dev.caravan.model.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Some records of a page that go through the stages together.
 *
 * @param arrived as they came
 * @param rows the same as the last stage left them
 */
public record Slice(List<Row> arrived, List<Row> rows) {
    /** So many that what Camel does for each costs little, so few that one bad record makes few go again alone. */
    private static final int ROWS = 100;

    private static Slice of(List<Row> rows) {
        return new Slice(rows, rows);
    }

    /** Rows cut into slices, in order. */
    static List<Slice> cut(List<Row> rows) {
        return cut(rows, ROWS);
    }

    private static List<Slice> cut(List<Row> rows, int size) {
        List<Slice> slices = new ArrayList<>(rows.size() / size + 1);
        for (int from = 0; from < rows.size(); from += size) {
            slices.add(of(rows.subList(from, Math.min(from + size, rows.size()))));
        }
        return slices;
    }

    /** Each record for itself, as it came. */
    List<Slice> alone() {
        return cut(arrived, 1);
    }

    /** What a stage makes of them; its failure at any of them is that of all. */
    Slice through(UnaryOperator<Row> stage) {
        List<Row> made = new ArrayList<>(rows.size());
        for (Row row : rows) {
            made.add(stage.apply(row));
        }
        return new Slice(arrived, made);
    }
}
