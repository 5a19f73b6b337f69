package zipkin.ee.ops;

import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Settings of the server itself.
 *
 * @param port the port that the start-up screen shows when the application server does not report
 *     its own
 */
public record ServerSettings(int port) {
    private static final Setting<Integer> PORT = Setting.integer(
                    "QUERY_PORT",
                    9411,
                    1,
                    65535,
                    "HTTP port, which the application server's configuration (server-config) reads. The WAR only shows "
                            + "it.")
            .readByServer();

    public static ServerSettings from(SettingsReader reader) {
        return new ServerSettings(reader.get(PORT));
    }
}
