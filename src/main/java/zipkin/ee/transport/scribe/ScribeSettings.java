package zipkin.ee.transport.scribe;

import java.time.Duration;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Spans by Scribe.
 *
 * @param enabled whether the port is opened
 * @param port of all addresses
 * @param category of log entries that are spans; others are answered OK and left
 * @param maxConnections that are open at the same time; further ones are closed at once
 * @param idleTimeout after which a connection without a call is closed
 */
public record ScribeSettings(boolean enabled, int port, String category, int maxConnections, Duration idleTimeout) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
                    "COLLECTOR_SCRIBE_ENABLED",
                    false,
                    "Whether spans are accepted by Scribe (framed Thrift) on COLLECTOR_PORT. "
                            + "COLLECTOR_HTTP_MAX_BYTES limits each frame, and COLLECTOR_HTTP_MAX_BUFFERED_BYTES all "
                            + "frames together.")
            .orNamed("SCRIBE_ENABLED");
    private static final Setting<Integer> PORT =
            Setting.integer("COLLECTOR_PORT", 9410, 1, 65_535, "Port of Scribe, without TLS and authentication.");
    private static final Setting<String> CATEGORY =
            Setting.text("SCRIBE_CATEGORY", "zipkin", "Category of the log entries that are spans.");
    private static final Setting<Integer> MAX_CONNECTIONS = Setting.integer(
            "COLLECTOR_SCRIBE_MAX_CONNECTIONS",
            1000,
            1,
            100_000,
            "Maximum number of Scribe connections. Further ones are closed.");

    private static final Setting<Duration> IDLE_TIMEOUT = Setting.duration(
            "COLLECTOR_SCRIBE_IDLE_TIMEOUT",
            "10m",
            "How long a Scribe connection may be idle before it is closed. A call that has "
                    + "begun must arrive completely within COLLECTOR_HTTP_BODY_TIMEOUT.");

    public static ScribeSettings from(SettingsReader reader) {
        return new ScribeSettings(
                reader.get(ENABLED),
                reader.get(PORT),
                reader.get(CATEGORY),
                reader.get(MAX_CONNECTIONS),
                reader.get(IDLE_TIMEOUT));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
