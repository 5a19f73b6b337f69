package zipkin.ee.config;

import java.util.List;

/**
 * What the server tells of itself.
 *
 * @param port the port that the start-up screen shows when the application server does not tell its
 *     own
 */
public record ServerSettings(int port) {
    private static final Setting<Integer> PORT = Setting.integer(
            "QUERY_PORT",
            9411,
            1,
            65535,
            "HTTP port. Read by the application server's configuration (server-config), not by the WAR, "
                    + "which only shows it.");

    static List<Setting<?>> settings() {
        return List.of(PORT);
    }

    static ServerSettings from(SettingsReader reader) {
        return new ServerSettings(reader.get(PORT));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
