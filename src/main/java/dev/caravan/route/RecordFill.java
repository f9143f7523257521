package dev.caravan.route;

import dev.caravan.config.ConnectorSettings;
import dev.caravan.fault.RecordFault;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Row;
import dev.caravan.schema.SchemaChange;
import dev.caravan.source.dataverse.DataversePageReader;
import dev.caravan.target.sql.dialect.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Fills columns that a table has got since from the records that its rows keep; nothing is fetched. */
final class RecordFill {
    private static final int ROWS_AT_ONCE = 500;

    private final JdbcTemplate jdbc;
    private final Dialect dialect;
    private final Stores stores;

    RecordFill(TargetDatabase database) {
        this.jdbc = new JdbcTemplate(database.database().joining());
        this.dialect = database.dialect();
        this.stores = database.stores();
    }

    /** A row's key as text, and its record. */
    private record Kept(String key, String json) {}

    /**
     * Fills the columns that were added. A row whose record does not hold a value that fits stays as it is, and is told of
     * when it comes again.
     */
    void fill(EntityRecord entity, ConnectorSettings connector, List<SchemaChange> changes) {
        List<Integer> added = new ArrayList<>();
        for (SchemaChange change : changes) {
            int index = entity.columns().indexOf(change.column());
            if (change.kind() == SchemaChange.Kind.ADDED && index >= 0) {
                added.add(index);
            }
        }
        if (added.isEmpty() || entity.columns().keyIndexes().length != 1) {
            return;
        }
        DataverseShape shape = new DataverseShape(
                entity, Mappings.mapper(stores, connector, entity), DataverseSecurity.of(stores, entity.uid()));
        DataversePageReader reader = new DataversePageReader(entity.slug(), entity.columns());
        String sql = update(entity, shape.target(), added);
        String last = null;
        List<Kept> kept = next(entity, shape.target(), last);
        while (!kept.isEmpty()) {
            List<@Nullable Object[]> values = new ArrayList<>();
            kept.forEach(row -> values(shape, reader, row, added, values));
            jdbc.batchUpdate(sql, values);
            last = kept.get(kept.size() - 1).key();
            kept = next(entity, shape.target(), last);
        }
    }

    private String update(EntityRecord entity, Columns target, List<Integer> added) {
        StringJoiner set = new StringJoiner(", ");
        added.forEach(index -> set.add(dialect.quote(target.get(index).name()) + " = ?"));
        return "UPDATE " + dialect.table(entity.schema(), entity.table()) + " SET " + set + ", _row_hash = ? WHERE "
                + key(target) + " = ?";
    }

    private String key(Columns target) {
        return dialect.quote(target.keyNames().get(0));
    }

    private List<Kept> next(EntityRecord entity, Columns target, @Nullable String after) {
        String key = key(target);
        String sql = "SELECT " + key + ", json_response FROM " + dialect.table(entity.schema(), entity.table())
                + " WHERE json_response IS NOT NULL" + (after == null ? "" : " AND " + key + " > ?") + " ORDER BY "
                + key + " LIMIT " + ROWS_AT_ONCE;
        Object[] parameters = after == null ? new Object[0] : new Object[] {after};
        return jdbc.query(sql, (row, number) -> new Kept(row.getString(1), row.getString(2)), parameters);
    }

    private void values(
            DataverseShape shape,
            DataversePageReader reader,
            Kept kept,
            List<Integer> added,
            List<@Nullable Object[]> into) {
        byte[] page = ("{\"value\":[" + kept.json() + "]}").getBytes(StandardCharsets.UTF_8);
        for (Row read : reader.read(page, false).rows()) {
            try {
                Row row = shape.identify(shape.map(shape.normalise(read)));
                @Nullable Object[] values = new @Nullable Object[added.size() + 2];
                for (int i = 0; i < added.size(); i++) {
                    values[i] = dialect.bind(row.values()[added.get(i)]);
                }
                values[added.size()] = row.dataHash();
                values[added.size() + 1] = kept.key();
                into.add(values);
            } catch (RecordFault unfit) {
                into.removeIf(values -> kept.key().equals(values[values.length - 1]));
            }
        }
    }
}
