package zipkin.ee.config;

/**
 * Spans from a JMS queue of the application server, or of another broker by a resource adapter of
 * the application server. The bean gets the same texts by expressions in WEB-INF/jboss-ejb3.xml;
 * here they are checked and shown.
 *
 * @param enabled whether messages are taken from the start
 * @param queue where the application server has the queue in its directory
 * @param adapter name of the resource adapter, or of the pooled connection factory that is one
 * @param connectionFactory where the application server has the adapter's connection factory in its
 *     directory
 * @param concurrency messages processed at the same time
 * @param remoteBroker host and port of a remote Artemis, for people; without meaning for the
 *     server's own broker
 */
public record JmsSettings(
        boolean enabled, String queue, String adapter, String connectionFactory, int concurrency, String remoteBroker) {
    private static final String OWN_ADAPTER = "activemq-ra";

    private static final Setting<Boolean> ENABLED = Setting.serverFlag(
            "COLLECTOR_JMS_ENABLED",
            true,
            "Whether spans are taken from the JMS queue. Stopped and started at run time by stop-delivery and "
                    + "start-delivery.");
    private static final Setting<String> QUEUE = Setting.text(
                    "ZIPKIN_JMS_QUEUE",
                    "java:/jms/queue/zipkin",
                    "JNDI name of the JMS queue that holds spans. Set by artemis-remote.cli for a remote broker.")
            .readByServer();
    private static final Setting<String> ADAPTER = Setting.text(
                    "ZIPKIN_JMS_ADAPTER",
                    OWN_ADAPTER,
                    "Resource adapter of the JMS queue. Set by artemis-remote.cli for a remote broker.")
            .readByServer();
    private static final Setting<String> CONNECTION_FACTORY = Setting.text(
            "ZIPKIN_JMS_CONNECTION_FACTORY",
            "java:/JmsXA",
            "Connection factory of the same broker, for dead letters and health. Set by "
                    + "artemis-remote.cli for a remote broker.");
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
                    "ZIPKIN_JMS_CONCURRENCY",
                    4,
                    1,
                    1000,
                    "Messages of the JMS queue that are processed at the same time.")
            .readByServer();
    private static final Setting<String> HOST = Setting.text(
                    "ARTEMIS_HOST", "localhost", "Host of the remote Artemis that artemis-remote.cli connects to.")
            .readByServer();
    private static final Setting<Integer> PORT = Setting.integer(
                    "ARTEMIS_PORT", 61616, 1, 65535, "Port of that Artemis: of an acceptor for the core protocol.")
            .readByServer();
    private static final Setting<String> USERNAME =
            Setting.text("ARTEMIS_USERNAME", "", "User of that Artemis. Unset: the word none is sent.");
    private static final Setting<String> PASSWORD =
            Setting.text("ARTEMIS_PASSWORD", "", "Password of that user. Unset: the word none is sent.");

    static JmsSettings from(SettingsReader reader) {
        JmsSettings settings = new JmsSettings(
                reader.get(ENABLED),
                reader.get(QUEUE),
                reader.get(ADAPTER),
                reader.get(CONNECTION_FACTORY),
                reader.get(CONCURRENCY),
                reader.get(HOST) + ":" + reader.get(PORT));
        reader.check(USERNAME, PASSWORD);
        return settings;
    }

    /** Whether the queue is not the application server's own. */
    public boolean remote() {
        return !adapter.equals(OWN_ADAPTER);
    }

    /** Where spans come from, for the start-up screen. */
    public String place() {
        String taken = concurrency == 1 ? "1 message" : concurrency + " messages";
        return queue + (remote() ? " by " + adapter + " (" + remoteBroker + ")" : "") + ", " + taken + " at a time";
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
