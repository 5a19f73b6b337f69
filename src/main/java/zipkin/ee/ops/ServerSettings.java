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
    private static final Setting<Boolean> OTLP_LISTENERS = Setting.strictFlag(
            "COLLECTOR_OTLP_LISTENERS",
            true,
            "Whether OTLP's own ports are open besides QUERY_PORT. Read by the application server's configuration "
                    + "(server-config).");
    private static final Setting<Integer> OTLP_GRPC_PORT = otlpPort("COLLECTOR_OTLP_GRPC_PORT", 4317, "gRPC");
    private static final Setting<Integer> OTLP_HTTP_PORT = otlpPort("COLLECTOR_OTLP_HTTP_PORT", 4318, "HTTP");

    private static Setting<Integer> otlpPort(String name, int defaultPort, String protocol) {
        return Setting.integer(
                        name,
                        defaultPort,
                        1,
                        65535,
                        "Port of OTLP over " + protocol + ", which serves everything else too. Read by the "
                                + "application server's configuration (server-config).")
                .readByServer();
    }

    public static ServerSettings from(SettingsReader reader) {
        int port = reader.get(PORT);
        reader.check(OTLP_LISTENERS, OTLP_GRPC_PORT, OTLP_HTTP_PORT);
        return new ServerSettings(port);
    }
}
