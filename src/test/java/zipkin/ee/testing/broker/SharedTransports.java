package zipkin.ee.testing.broker;

import java.util.HashMap;
import java.util.Map;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;

/**
 * The Zipkin EE with all transports on and storage in memory that the integration tests of a run
 * share. It is another one than {@link zipkin.ee.testing.SharedZipkin}, which stays as it is
 * installed. It starts on first use and ends with the JVM.
 *
 * <p>A class that sends messages to {@link TransportSet#brokers} of this server holds {@code
 * @ResourceLock(SharedTransports.COUNTERS)}.
 */
public final class SharedTransports {
    public static final String COUNTERS = "zipkin.ee.testing.broker.SharedTransports";

    /**
     * A topic of Kafka that the server reads beside that of {@link #set}, and that nobody has made
     * before the server starts.
     */
    public static final String LEGACY_TOPIC = "legacy";

    /** Bound of a body over HTTP and gRPC. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int SHARDS = 2;

    private SharedTransports() {}

    public static ZipkinEeServer server() {
        return Started.SERVER;
    }

    public static TransportSet set() {
        return Started.SET;
    }

    public static ZipkinHttp http() {
        return new ZipkinHttp(server().uri());
    }

    private static final class Started {
        static final TransportSet SET = new TransportSet("zipkin", SHARDS);
        static final ZipkinEeServer SERVER = start();

        private static ZipkinEeServer start() {
            Map<String, String> settings = new HashMap<>(SET.settings());
            settings.put("COLLECTOR_HTTP_MAX_BYTES", Integer.toString(MAX_BYTES));
            settings.put("KAFKA_TOPIC", SET.name() + ", " + LEGACY_TOPIC);
            settings.put("KAFKA_STREAMS", "2");
            ZipkinEeServer server = ZipkinEeServer.start(settings, SET.operations());
            SET.serverStarted(server);
            return server;
        }
    }
}
