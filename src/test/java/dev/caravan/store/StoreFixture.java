package dev.caravan.store;

import dev.caravan.model.Column;
import dev.caravan.model.ColumnType;
import dev.caravan.model.Columns;
import dev.caravan.model.EntityRecord;
import dev.caravan.model.Strategy;
import dev.caravan.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with Caravan's tables in it, and a clock that stands at noon. */
final class StoreFixture implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    final Database database;
    final FakeClock clock = new FakeClock(NOON);
    final JdbcTemplate sql;
    final TransactionTemplate transactions;
    final ConnectorRepository connectors;
    final EntityRepository entities;
    final RunRepository runs;
    final CursorRepository cursors;
    final DeadLetterRepository letters;
    final AlertRepository alerts;
    final AuditRepository audit;
    final SchemaVersionRepository schemas;

    StoreFixture(String url) {
        database = Database.open(url, null, null, 4, false);
        Migrations.migrate(database);
        sql = new JdbcTemplate(database.pool());
        transactions = new TransactionTemplate(new DataSourceTransactionManager(database.pool()));
        connectors = new ConnectorRepository(database, clock);
        entities = new EntityRepository(database, clock);
        runs = new RunRepository(database, clock);
        cursors = new CursorRepository(database, clock);
        letters = new DeadLetterRepository(database, clock);
        alerts = new AlertRepository(database, clock);
        audit = new AuditRepository(database, clock);
        schemas = new SchemaVersionRepository(database, clock);
    }

    /** Empties all tables and sets the clock back to noon. */
    void clear() {
        clock.advance(Duration.between(clock.instant(), NOON));
        for (String table : List.of(
                "connectors",
                "entities",
                "entity_locks",
                "field_mappings",
                "sync_runs",
                "sync_cursors",
                "failed_records",
                "pending_children",
                "background_schedules",
                "schema_versions",
                "alerts",
                "audit_log")) {
            sql.update("DELETE FROM " + database.table(table));
        }
    }

    /** A new entity, enabled; its uid. */
    String entity(String connector, String slug) {
        EntityRecord entity = description(Uids.next(), connector, slug);
        entities.add(connectors.register(connector, "apismith", "http://localhost:8007"), entity, 300);
        return entity.uid();
    }

    static EntityRecord description(String uid, String connector, String slug) {
        return new EntityRecord(
                uid,
                connector,
                slug,
                "All parts",
                Strategy.AUTO,
                "public",
                slug,
                columns(),
                true,
                true,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                false);
    }

    static Columns columns() {
        return new Columns(
                List.of(
                        new Column("PART_NO", "VARCHAR2", ColumnType.text(25), false, true),
                        new Column("PRICE", "NUMBER", ColumnType.decimal(10, 2), true, false)),
                List.of("PART_NO"));
    }

    @Override
    public void close() {
        database.close();
    }
}
