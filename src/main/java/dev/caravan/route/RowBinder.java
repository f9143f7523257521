package dev.caravan.route;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.SqlPrepareStatementStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Binds a row's values by position, as they are, past the pool's wrapper; Camel's own strategy would look for names in
 * every row.
 */
public final class RowBinder implements SqlPrepareStatementStrategy {
    @Override
    public String prepareQuery(String query, boolean allowNamedParameters, @Nullable Exchange exchange) {
        return query;
    }

    @Override
    public Iterator<?> createPopulateIterator(
            String query, String preparedQuery, int expectedParams, Exchange exchange, Object value) {
        return new Values((Object[]) value);
    }

    @Override
    public void populateStatement(PreparedStatement statement, Iterator<?> values, int expected) throws SQLException {
        PreparedStatement driver = statement.unwrap(PreparedStatement.class);
        @Nullable Object[] row = ((Values) values).row;
        for (int i = 0; i < row.length; i++) {
            if (row[i] instanceof String text) {
                driver.setString(i + 1, text);
            } else {
                driver.setObject(i + 1, row[i]);
            }
        }
    }

    /** A row on its way through Camel's contract, which wants an iterator; it is bound as a whole. */
    private static final class Values implements Iterator<@Nullable Object> {
        private final @Nullable Object[] row;
        private int next;

        Values(@Nullable Object[] row) {
            this.row = row;
        }

        @Override
        public boolean hasNext() {
            return next < row.length;
        }

        @Override
        public @Nullable Object next() {
            if (next == row.length) {
                throw new NoSuchElementException();
            }
            return row[next++];
        }
    }
}
