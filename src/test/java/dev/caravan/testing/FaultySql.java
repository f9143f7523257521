package dev.caravan.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A gate before a real database at which the N-th statement fails. Statements are what is executed, alone or as a batch,
 * commits and savepoints. Safe for several threads.
 */
public final class FaultySql implements UnaryOperator<DataSource> {
    /** How it fails. */
    public enum Kind {
        /** Trouble that passes, once: SQLite is locked, PostgreSQL's connection breaks before the statement. */
        PASSING,
        /** The statement is refused for good, once: no right to write. */
        REFUSED,
        /** The statement is refused for its data, once. */
        BAD_DATA,
        /** The statement is carried out, and the connection breaks before the answer. */
        ANSWER_LOST,
        /** Nothing gets through any more, until this is disarmed. */
        GONE
    }

    private final boolean sqlite;
    private @Nullable Kind kind;
    private int left;
    private String hit = "";

    /** @param jdbcUrl of the database behind it */
    public FaultySql(String jdbcUrl) {
        this.sqlite = jdbcUrl.startsWith("jdbc:sqlite");
    }

    /** The n-th statement from now on fails, counted from 1. */
    public synchronized void arm(Kind how, int n) {
        kind = how;
        left = n;
        hit = "";
    }

    /** All goes well again; answers the statement that failed, empty if none did. */
    public synchronized String disarm() {
        kind = null;
        return hit;
    }

    @Override
    public DataSource apply(DataSource real) {
        return new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = real.getConnection();
                return proxy(Connection.class, new OnConnection(connection));
            }
        };
    }

    private synchronized @Nullable Kind due(String what) {
        Kind armed = kind;
        if (armed == null || --left > 0) {
            return null;
        }
        if (hit.isEmpty()) {
            hit = what;
        }
        if (armed != Kind.GONE) {
            kind = null;
        }
        return armed;
    }

    private @Nullable Object carryOut(
            String what, Connection connection, Object on, Method method, @Nullable Object[] arguments)
            throws Throwable {
        Kind how = due(what);
        if (how == null) {
            return call(on, method, arguments);
        }
        if (how == Kind.ANSWER_LOST) {
            call(on, method, arguments);
        }
        boolean breaks = how != Kind.REFUSED && how != Kind.BAD_DATA;
        if (breaks && !sqlite) {
            breakOff(connection);
        }
        throw sqlite ? sqliteFailure(how) : postgresFailure(how);
    }

    /** Breaks a connection, and lets the pool notice. */
    private static void breakOff(Connection connection) throws SQLException {
        connection.unwrap(PgConnection.class).abort(Runnable::run);
        assertThatThrownBy(connection::createStatement).isInstanceOf(SQLException.class);
    }

    private static SQLException sqliteFailure(Kind how) {
        SQLiteErrorCode code = switch (how) {
            case PASSING -> SQLiteErrorCode.SQLITE_BUSY;
            case REFUSED -> SQLiteErrorCode.SQLITE_READONLY;
            case BAD_DATA -> SQLiteErrorCode.SQLITE_CONSTRAINT;
            case ANSWER_LOST, GONE -> SQLiteErrorCode.SQLITE_IOERR;
        };
        return new SQLiteException("[" + code.name() + "] on demand", code);
    }

    private static SQLException postgresFailure(Kind how) {
        return switch (how) {
            case PASSING, ANSWER_LOST, GONE -> new SQLException("The connection broke, on demand", "08006");
            case REFUSED -> new SQLException("permission denied, on demand", "42501");
            case BAD_DATA -> new SQLException("value out of range, on demand", "22003");
        };
    }

    private static @Nullable Object call(Object on, Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FaultySql.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Everything a connection is asked. */
    private final class OnConnection implements InvocationHandler {
        private final Connection real;

        OnConnection(Connection real) {
            this.real = real;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
            String name = method.getName();
            if (name.equals("equals")) {
                return proxy == given[0];
            }
            if (name.equals("commit") || name.equals("setSavepoint")) {
                return carryOut(name, real, real, method, given);
            }
            Object answer = call(real, method, given);
            if (answer instanceof Statement statement) {
                String sql = given.length > 0 && given[0] instanceof String text ? text : "";
                Class<?> type = method.getReturnType();
                return proxy(type, new OnStatement(statement, sql, this));
            }
            return answer;
        }
    }

    /** Everything a statement is asked. */
    private final class OnStatement implements InvocationHandler {
        private final Statement real;
        private final String sql;
        private final OnConnection on;

        OnStatement(Statement real, String sql, OnConnection on) {
            this.real = real;
            this.sql = sql;
            this.on = on;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
            if (method.getName().equals("equals")) {
                return proxy == given[0];
            }
            if (method.getName().startsWith("execute")) {
                String what = given.length > 0 && given[0] instanceof String text ? text : sql;
                return carryOut(what, on.real, real, method, given);
            }
            return call(real, method, given);
        }
    }
}
