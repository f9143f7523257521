package dev.caravan.route;

import dev.caravan.store.Database;
import dev.caravan.store.Transactions;
import dev.caravan.target.sql.TableMaker;
import dev.caravan.target.sql.dialect.Dialect;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One open database: the target tables in it, and all that is remembered of them, so that both commit together.
 *
 * @param suffix tells its routes from those of the main one: empty, or {@code -archive} for the one called archive
 */
record TargetDatabase(
        String suffix,
        Database database,
        Stores stores,
        Dialect dialect,
        TableMaker maker,
        Transactions transactions,
        TransactionTemplate transaction)
        implements AutoCloseable {
    /** Lets this transaction wait for others of the same family of entities; nothing where it has none. */
    void takeTurns(OptionalLong family) {
        if (family.isPresent()) {
            JdbcTemplate jdbc = new JdbcTemplate(database.joining());
            dialect.takeTurns(family.getAsLong()).forEach(jdbc::execute);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
