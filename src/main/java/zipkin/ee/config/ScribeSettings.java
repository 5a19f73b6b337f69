package zipkin.ee.config;

import java.time.Duration;
import java.util.List;

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
                    "Whether spans are taken by Scribe (framed thrift) on COLLECTOR_PORT. Frames are "
                            + "bounded by COLLECTOR_HTTP_MAX_BYTES, and all that are being received by "
                            + "COLLECTOR_HTTP_MAX_BUFFERED_BYTES.")
            .orNamed("SCRIBE_ENABLED");
    private static final Setting<Integer> PORT =
            Setting.integer("COLLECTOR_PORT", 9410, 1, 65_535, "Port of Scribe. Without TLS and authentication.");
    private static final Setting<String> CATEGORY =
            Setting.text("SCRIBE_CATEGORY", "zipkin", "Category of the log entries that are spans.");
    private static final Setting<Integer> MAX_CONNECTIONS = Setting.integer(
            "COLLECTOR_SCRIBE_MAX_CONNECTIONS",
            1000,
            1,
            100_000,
            "Connections of Scribe at the same time; further ones are closed.");

    private static final Setting<Duration> IDLE_TIMEOUT = Setting.duration(
            "COLLECTOR_SCRIBE_IDLE_TIMEOUT",
            "10m",
            "Time after which a connection of Scribe that brings no call is closed. A call that has "
                    + "begun must arrive whole within COLLECTOR_HTTP_BODY_TIMEOUT.");

    static List<Setting<?>> settings() {
        return List.of(ENABLED, PORT, CATEGORY, MAX_CONNECTIONS, IDLE_TIMEOUT);
    }

    static ScribeSettings from(SettingsReader reader) {
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
