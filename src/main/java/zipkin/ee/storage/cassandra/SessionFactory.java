package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.internal.core.ssl.DefaultSslEngineFactory;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Opens sessions as the settings have them. The driver's own threads are few: two that read and
 * write, one that looks after the nodes.
 */
final class SessionFactory {
    private static final int IO_THREADS = 2;
    private static final int ADMIN_THREADS = 1;

    private final CassandraSettings settings;

    SessionFactory(CassandraSettings settings) {
        this.settings = settings;
    }

    /** Connected, or throws what the driver does. The caller closes it. */
    CqlSession open() {
        // The context class loader of a server's thread may be none, or not the application's.
        ClassLoader classes = SessionFactory.class.getClassLoader();
        ProgrammaticDriverConfigLoaderBuilder config = DriverConfigLoader.programmaticBuilder(classes)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.timeout())
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, settings.timeout())
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, settings.timeout())
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, settings.timeout())
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, settings.consistency())
                .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
                .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, settings.maxConnections())
                // A minute, the driver's longest pause, is long for a node that is back.
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(10))
                // All that was sent is answered when a session is closed: nothing to wait two
                // seconds for.
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, IO_THREADS)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, ADMIN_THREADS)
                .withBoolean(DefaultDriverOption.NETTY_DAEMON, true);
        if (settings.access().ssl()) {
            config.withClass(DefaultDriverOption.SSL_ENGINE_FACTORY_CLASS, DefaultSslEngineFactory.class)
                    .withBoolean(
                            DefaultDriverOption.SSL_HOSTNAME_VALIDATION,
                            settings.access().hostnameValidation());
        }
        CqlSessionBuilder builder = CqlSession.builder()
                .withClassLoader(classes)
                .withConfigLoader(config.build())
                .withLocalDatacenter(settings.localDc())
                .addContactPoints(settings.contactPoints().stream()
                        .map(point -> new InetSocketAddress(point.getHostString(), point.getPort()))
                        .toList());
        String username = settings.access().username();
        String password = settings.access().password();
        if (username != null && password != null) {
            builder.withAuthCredentials(username, password);
        }
        return builder.build();
    }
}
