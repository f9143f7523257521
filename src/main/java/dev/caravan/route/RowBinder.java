package dev.caravan.route;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.SqlPrepareStatementStrategy;
import org.jspecify.annotations.Nullable;

/** Binds a row's values by position, as they are; Camel's own strategy would look for names in every row. */
public final class RowBinder implements SqlPrepareStatementStrategy {
    @Override
    public String prepareQuery(String query, boolean allowNamedParameters, @Nullable Exchange exchange) {
        return query;
    }

    @Override
    public Iterator<?> createPopulateIterator(
            String query, String preparedQuery, int expectedParams, Exchange exchange, Object value) {
        return Arrays.asList((Object[]) value).iterator();
    }

    @Override
    public void populateStatement(PreparedStatement statement, Iterator<?> values, int expected) throws SQLException {
        for (int i = 1; values.hasNext(); i++) {
            statement.setObject(i, values.next());
        }
    }
}
