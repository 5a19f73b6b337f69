package zipkin.ee.storage.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/**
 * Notes the prepared statements that are executed through a data source, with their parameters;
 * those of batches not.
 */
final class StatementRecorder {
    private final Queue<Recorded> executed = new ConcurrentLinkedQueue<>();

    private interface Setting {
        void on(PreparedStatement statement) throws SQLException;
    }

    /** A statement that was executed. */
    static final class Recorded {
        private final String sql;
        private final List<Setting> parameters;

        private Recorded(String sql, List<Setting> parameters) {
            this.sql = sql;
            this.parameters = parameters;
        }

        String sql() {
            return sql;
        }

        /** Sets the same parameters on another statement. */
        void set(PreparedStatement statement) throws SQLException {
            for (Setting parameter : parameters) {
                parameter.on(statement);
            }
        }
    }

    /** What was executed since the last call. */
    List<Recorded> take() {
        List<Recorded> taken = new ArrayList<>();
        for (Recorded each = executed.poll(); each != null; each = executed.poll()) {
            taken.add(each);
        }
        return taken;
    }

    DataSource wrap(DataSource dataSource) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = call(dataSource, method, arguments);
            return result instanceof Connection connection ? wrap(connection) : result;
        });
    }

    private Connection wrap(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = call(connection, method, arguments);
            return method.getName().equals("prepareStatement")
                    ? wrap((PreparedStatement) result, (String) arguments[0])
                    : result;
        });
    }

    private PreparedStatement wrap(PreparedStatement statement, String sql) {
        Map<Integer, Setting> parameters = new TreeMap<>();
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            boolean setsParameter = method.getName().startsWith("set") && arguments.length > 1;
            if (setsParameter) {
                parameters.put((Integer) arguments[0], other -> replay(other, method, arguments));
            } else if (method.getName().matches("execute|executeQuery|executeUpdate|executeLargeUpdate")) {
                executed.add(new Recorded(sql, List.copyOf(parameters.values())));
            }
            return call(statement, method, arguments);
        });
    }

    private static void replay(PreparedStatement statement, Method method, Object[] arguments) throws SQLException {
        try {
            method.invoke(statement, arguments);
        } catch (ReflectiveOperationException e) {
            throw new SQLException(e);
        }
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
