package zipkin.ee.testing.sql;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The JPA providers of the servers, outside of them: transactions are the entity manager's. */
public enum JpaProvider {
    /** WildFly's. */
    HIBERNATE("org.hibernate.jpa.HibernatePersistenceProvider"),
    /** Payara's. */
    ECLIPSELINK("org.eclipse.persistence.jpa.PersistenceProvider");

    private static final Logger HIBERNATE_LOG = Logger.getLogger("org.hibernate");

    static {
        HIBERNATE_LOG.setLevel(Level.WARNING); // 20 lines a factory otherwise
    }

    private final String providerClass;

    JpaProvider(String providerClass) {
        this.providerClass = providerClass;
    }

    /** The persistence unit {@code unit} over {@code dataSource}, for the test to close. */
    public EntityManagerFactory entityManagerFactory(String unit, DataSource dataSource) {
        return entityManagerFactory(unit, dataSource, Map.of());
    }

    /**
     * The same with more properties, which win over those of the persistence.xml. Transactions and
     * data source given there do not matter.
     */
    public EntityManagerFactory entityManagerFactory(String unit, DataSource dataSource, Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("jakarta.persistence.provider", providerClass);
        all.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        all.put("jakarta.persistence.nonJtaDataSource", dataSource);
        all.put("hibernate.type.json_format_mapper", new NoJson());
        all.put("eclipselink.logging.logger", "JavaLogger");
        all.putIfAbsent("eclipselink.logging.level", "WARNING");
        // By default two factories of one unit would share a session, and with it the first one's
        // data source.
        all.put("eclipselink.session-name", unit + "-" + UUID.randomUUID());
        return Persistence.createEntityManagerFactory(unit, all);
    }
}
