package zipkin.ee.transport.messaging;

import java.util.regex.Pattern;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans from ActiveMQ Classic by its own resource adapter, which server-config/wildfly/activemq.cli
 * installs. The adapter gets the same texts by expressions; here they are checked and shown.
 *
 * @param enabled whether messages are taken from the start
 * @param url of the broker; empty for none
 * @param queue its name in the broker
 * @param otlpQueue a further queue, which holds OTLP; empty for none
 * @param concurrency messages processed at the same time
 * @param installed whether the script was run, which sets the adapter's name
 */
public record ActiveMqSettings(
        boolean enabled, String url, String queue, String otlpQueue, int concurrency, boolean installed) {
    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@?,()]*@");
    private static final Pattern OPTIONS = Pattern.compile("\\?[^,()]*");

    /** What the adapter takes when it is installed without an address. */
    private static final String LOCAL_BROKER = "tcp://localhost:61616";

    private static final Setting<Boolean> ENABLED = Setting.serverFlag(
            "COLLECTOR_ACTIVEMQ_ENABLED",
            true,
            "Whether spans are taken from ActiveMQ once activemq.cli was run. Stopped and started at run time "
                    + "by stop-delivery and start-delivery.");
    private static final Setting<String> URL = Setting.text(
                    "ACTIVEMQ_URL",
                    "",
                    "Brokers of ActiveMQ Classic: tcp://host:61616 or failover:(…). Needs activemq.cli. Unset: no "
                            + "spans from ActiveMQ, or tcp://localhost:61616 once activemq.cli was run.")
            .readByServer();
    private static final Setting<String> QUEUE = Setting.text(
                    "ACTIVEMQ_QUEUE", "zipkin", "Queue of ActiveMQ that holds spans.")
            .readByServer();
    private static final Setting<String> OTLP_QUEUE = Setting.text(
                    "ACTIVEMQ_OTLP_QUEUE",
                    "",
                    "[^\\s:,'\"]+",
                    "a name without blanks, colons, commas and quotes",
                    "Queue of ActiveMQ that holds OTLP in protobuf or JSON. Read in addition to ACTIVEMQ_QUEUE. "
                            + "Unset: none.")
            .readByServer();
    private static final Setting<Integer> CONCURRENCY = Setting.integer(
                    "ACTIVEMQ_CONCURRENCY", 1, 1, 1000, "Messages of that queue that are processed at the same time.")
            .readByServer();
    private static final Setting<String> USERNAME =
            Setting.text("ACTIVEMQ_USERNAME", "", "User of ActiveMQ. Unset: the word none is sent.");
    private static final Setting<String> PASSWORD =
            Setting.text("ACTIVEMQ_PASSWORD", "", "Password of that user. Unset: the word none is sent.");
    private static final Setting<String> ADAPTER = Setting.text(
                    "ZIPKIN_ACTIVEMQ_ADAPTER", "", "ActiveMQ's resource adapter in this server. Set by activemq.cli.")
            .readByServer();

    public static ActiveMqSettings from(SettingsReader reader) {
        boolean enabled = reader.get(ENABLED);
        String url = reader.find(URL);
        String queue = reader.get(QUEUE);
        String otlpQueue = reader.get(OTLP_QUEUE);
        if (otlpQueue.equals(queue)) {
            reader.refuseShared(OTLP_QUEUE, otlpQueue, QUEUE);
        }
        int concurrency = reader.get(CONCURRENCY);
        reader.check(USERNAME, PASSWORD);
        boolean installed = !reader.get(ADAPTER).isEmpty();
        String standard = installed ? LOCAL_BROKER : "";
        return new ActiveMqSettings(enabled, url == null ? standard : url, queue, otlpQueue, concurrency, installed);
    }

    /** Where spans come from, for the start-up screen; without what may be a secret in the URL. */
    public String place() {
        return "queue " + queue + (otlpQueue.isEmpty() ? "" : " and OTLP in " + otlpQueue) + " of " + broker() + ", "
                + (concurrency == 1 ? "1 message" : concurrency + " messages") + " at a time";
    }

    /** The URL without user, password and options. */
    public String broker() {
        return OPTIONS.matcher(CREDENTIALS.matcher(url).replaceAll("//")).replaceAll("");
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
