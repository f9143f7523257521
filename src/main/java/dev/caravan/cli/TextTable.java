package dev.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows under headings, aligned, or as JSON. */
final class TextTable {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    void add(@Nullable Object... values) {
        List<String> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value == null ? "" : value.toString());
        }
        rows.add(row);
    }

    void print(Shared shared) {
        PrintWriter out = shared.out();
        if (shared.json()) {
            out.println(json());
        } else if (rows.isEmpty()) {
            out.println("nothing");
        } else {
            out.print(text());
        }
        out.flush();
    }

    private String json() {
        ArrayNode list = new ObjectMapper().createArrayNode();
        for (List<String> row : rows) {
            var node = list.addObject();
            for (int i = 0; i < row.size(); i++) {
                node.put(headings.get(i).replace(' ', '_'), row.get(i));
            }
        }
        return list.toString();
    }

    private String text() {
        List<List<String>> all = new ArrayList<>();
        all.add(headings);
        all.addAll(rows);
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width =
                        all.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
                line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
