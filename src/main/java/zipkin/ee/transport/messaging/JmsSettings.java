package zipkin.ee.transport.messaging;

import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans from a JMS queue of the application server, or of another broker by a resource adapter of
 * the application server. The bean gets the same texts by expressions in WEB-INF/jboss-ejb3.xml;
 * here they are checked and shown.
 *
 * @param enabled whether messages are taken from the start
 * @param queue where the application server has the queue in its directory
 * @param otlpQueue the same for a further queue, which holds OTLP; empty for none
 * @param adapter name of the resource adapter, or of the pooled connection factory that is one
 * @param connectionFactory where the application server has the adapter's connection factory in its
 *     directory
 * @param concurrency messages processed at the same time
 * @param remoteBroker host and port of a remote Artemis, for people; without meaning for the
 *     server's own broker
 */
public record JmsSettings(
        boolean enabled,
        String queue,
        String otlpQueue,
        String adapter,
        String connectionFactory,
        int concurrency,
        String remoteBroker) {
    private static final String OWN_ADAPTER = "activemq-ra";
    private static final String WILDFLYS = "java:/";

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
    private static final Setting<String> OTLP_QUEUE = Setting.text(
                    "ZIPKIN_JMS_OTLP_QUEUE",
                    "",
                    "[^\\s'\"]+",
                    "a name without blanks and quotes",
                    "JNDI name of a JMS queue that holds OTLP in protobuf or JSON, such as "
                            + "java:/jms/queue/zipkin-otlp. Read in addition to ZIPKIN_JMS_QUEUE. Unset: none.")
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

    public static JmsSettings from(SettingsReader reader) {
        boolean enabled = reader.get(ENABLED);
        String queue = reader.get(QUEUE);
        String otlpQueue = reader.get(OTLP_QUEUE);
        if (withoutScheme(otlpQueue).equals(withoutScheme(queue))) {
            reader.refuseShared(OTLP_QUEUE, otlpQueue, QUEUE);
        }
        JmsSettings settings = new JmsSettings(
                enabled,
                queue,
                otlpQueue,
                reader.get(ADAPTER),
                reader.get(CONNECTION_FACTORY),
                reader.get(CONCURRENCY),
                reader.get(HOST) + ":" + reader.get(PORT));
        reader.check(USERNAME, PASSWORD);
        return settings;
    }

    /** The same for a name as WildFly has it and as Payara does. */
    private static String withoutScheme(String name) {
        return name.startsWith(WILDFLYS) ? name.substring(WILDFLYS.length()) : name;
    }

    /** Whether the queue is not the application server's own. */
    public boolean remote() {
        return !adapter.equals(OWN_ADAPTER);
    }

    /** Where spans come from, for the start-up screen. */
    public String place() {
        String taken = concurrency == 1 ? "1 message" : concurrency + " messages";
        return queue + (otlpQueue.isEmpty() ? "" : " and OTLP in " + otlpQueue)
                + (remote() ? " by " + adapter + " (" + remoteBroker + ")" : "") + ", " + taken + " at a time";
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
