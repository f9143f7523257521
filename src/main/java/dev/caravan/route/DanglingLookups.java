package dev.caravan.route;

import dev.caravan.model.EntityRecord;
import dev.caravan.schema.SafeNames;
import dev.caravan.target.sql.TargetTable;
import dev.caravan.target.sql.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lookups of a table of records that lead to no row, as far as all tables they may lead to are synced whole. */
final class DanglingLookups {
    private final RunPlan plan;
    private final TargetDatabase database;
    private final Dialect dialect;

    DanglingLookups(RunPlan plan) {
        this.plan = plan;
        this.database = plan.database();
        this.dialect = database.dialect();
    }

    List<VerifyReport.Dangling> find() {
        List<EntityRecord> all = database.stores().entities().all();
        EntityRecord entity = plan.entity();
        List<String> names = SafeNames.columns(entity.columns().names(), TargetTable.RECORD_COLUMNS);
        Set<String> present = database.maker().columns(entity.schema(), entity.table());
        List<VerifyReport.Dangling> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String declared = entity.columns().get(i).declaredType();
            int arrow = declared.indexOf(LinkedColumns.LEADS_TO);
            if (arrow < 0 || !present.contains(names.get(i).toLowerCase(Locale.ROOT))) {
                continue;
            }
            String targets = declared.substring(arrow + LinkedColumns.LEADS_TO.length());
            List<EntityRecord> tables = tables(all, List.of(targets.split(",", -1)));
            long rows = tables.isEmpty() ? 0 : count(names.get(i), tables);
            if (rows > 0) {
                found.add(new VerifyReport.Dangling(names.get(i), targets, rows));
            }
        }
        return found;
    }

    /** All of the tables, or none where one of them is not synced, or not whole. */
    private List<EntityRecord> tables(List<EntityRecord> all, List<String> sets) {
        List<EntityRecord> tables = new ArrayList<>();
        for (String set : sets.stream().distinct().toList()) {
            all.stream()
                    .filter(other -> other.connector().equals(plan.entity().connector())
                            && other.slug().equals(set)
                            && other.enabled()
                            && !other.firstLoad()
                            && other.columns().keyNames().size() == 1
                            && isWhole(other))
                    .forEach(tables::add);
        }
        return tables.size() == sets.stream().distinct().count() ? tables : List.of();
    }

    private boolean isWhole(EntityRecord other) {
        return DataverseSource.settings(plan.connector(), other.slug(), other.description())
                .dataverse()
                .filter()
                .isEmpty();
    }

    private long count(String column, List<EntityRecord> tables) {
        StringBuilder sql = new StringBuilder("SELECT count(*) FROM ")
                .append(dialect.table(plan.entity().schema(), plan.entity().table()))
                .append(" t WHERE t._deleted_at IS NULL AND t.")
                .append(dialect.quote(column))
                .append(" IS NOT NULL");
        for (EntityRecord other : tables) {
            List<String> names = SafeNames.columns(other.columns().names(), TargetTable.RECORD_COLUMNS);
            String key = names.get(other.columns().keyIndexes()[0]);
            sql.append(" AND NOT EXISTS (SELECT 1 FROM ")
                    .append(dialect.table(other.schema(), other.table()))
                    .append(" o WHERE o._deleted_at IS NULL AND o.")
                    .append(dialect.quote(key))
                    .append(" = t.")
                    .append(dialect.quote(column))
                    .append(')');
        }
        Long rows = new JdbcTemplate(database.database().joining()).queryForObject(sql.toString(), Long.class);
        return rows == null ? 0 : rows;
    }
}
