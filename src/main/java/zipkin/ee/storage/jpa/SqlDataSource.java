package zipkin.ee.storage.jpa;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.UnusableStorageException;
import zipkin.ee.text.SafeLogger;

/** A data source, and the name under which it was found. */
record SqlDataSource(String name, DataSource dataSource) {
    private static final Logger LOGGER = SafeLogger.of(SqlDataSource.class.getName());

    static SqlDataSource lookUp(String storageType, @Nullable String configured) {
        List<String> names = configured != null ? List.of(configured) : names(storageType);
        for (String name : names) {
            try {
                return new SqlDataSource(name, object(DataSource.class, name));
            } catch (NamingException e) {
                LOGGER.log(Level.DEBUG, "No data source " + name, e);
            }
        }
        throw new UnusableStorageException(
                "STORAGE_TYPE=" + storageType + ": the application server has no data source "
                        + String.join(" nor ", names)
                        + ". Add it by server-config (docs/operating/sql.md), or name another one by "
                        + "ZIPKIN_DATASOURCE.",
                null);
    }

    private static List<String> names(String storageType) {
        if (storageType.equals("jpa")) {
            return List.of("java:comp/DefaultDataSource");
        }
        String name = "jdbc/zipkin-" + (storageType.equals("mariadb") ? "mysql" : storageType);
        return List.of("java:/" + name, name);
    }

    /**
     * The object of this name in the application server's directory; one of another type counts as
     * not found.
     */
    @SuppressWarnings("BanJNDI") // names come from the code and the operator's settings only
    static <T> T object(Class<T> type, String name) throws NamingException {
        Object found = InitialContext.doLookup(name);
        if (!type.isInstance(found)) {
            throw new NameNotFoundException(name + " is not a " + type.getName());
        }
        return type.cast(found);
    }
}
