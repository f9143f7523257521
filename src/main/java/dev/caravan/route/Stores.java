package dev.caravan.route;

import dev.caravan.model.Owner;
import dev.caravan.store.AlertRepository;
import dev.caravan.store.AuditRepository;
import dev.caravan.store.BackgroundRepository;
import dev.caravan.store.ConnectorRepository;
import dev.caravan.store.CursorRepository;
import dev.caravan.store.Database;
import dev.caravan.store.DeadLetterRepository;
import dev.caravan.store.EntityRepository;
import dev.caravan.store.FieldMappingRepository;
import dev.caravan.store.LockRepository;
import dev.caravan.store.OrphanRepository;
import dev.caravan.store.PassRepository;
import dev.caravan.store.PendingChildRepository;
import dev.caravan.store.RunRepository;
import dev.caravan.store.SchemaVersionRepository;
import dev.caravan.store.SentRepository;
import dev.caravan.store.StatisticsRepository;
import java.time.Clock;

/** The repositories over one database. */
public record Stores(
        ConnectorRepository connectors,
        EntityRepository entities,
        RunRepository runs,
        CursorRepository cursors,
        LockRepository locks,
        DeadLetterRepository deadLetters,
        SchemaVersionRepository schemas,
        AlertRepository alerts,
        AuditRepository audit,
        SentRepository sent,
        FieldMappingRepository mappings,
        BackgroundRepository background,
        StatisticsRepository statistics,
        PendingChildRepository waiting,
        OrphanRepository orphans,
        PassRepository passes) {

    /** All of them. */
    public static Stores over(Database database, Clock clock) {
        return new Stores(
                new ConnectorRepository(database, clock),
                new EntityRepository(database, clock),
                new RunRepository(database, clock),
                new CursorRepository(database, clock),
                new LockRepository(database, clock, Owner.current(), Owner::isAlive),
                new DeadLetterRepository(database, clock),
                new SchemaVersionRepository(database, clock),
                new AlertRepository(database, clock),
                new AuditRepository(database, clock),
                new SentRepository(database, clock),
                new FieldMappingRepository(database, clock),
                new BackgroundRepository(database, clock),
                new StatisticsRepository(database),
                new PendingChildRepository(database, clock),
                new OrphanRepository(database),
                new PassRepository(database));
    }
}
