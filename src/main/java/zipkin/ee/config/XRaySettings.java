package zipkin.ee.config;

import java.util.List;

/**
 * STORAGE_TYPE=xray.
 *
 * @param host of the daemon
 * @param port of its UDP socket
 */
public record XRaySettings(String host, int port) {
    private static final String DEFAULT_HOST = "localhost";
    private static final int DEFAULT_PORT = 2000;
    private static final String UDP = "udp:";
    private static final int MAX_PORT = 65_535;

    private static final Setting<String> ADDRESS = Setting.text(
            "AWS_XRAY_DAEMON_ADDRESS",
            DEFAULT_HOST + ":" + DEFAULT_PORT,
            "Where the X-Ray daemon takes segments by UDP: host:port, or tcp:host:port udp:host:port as "
                    + "AWS writes it for both.");

    static List<Setting<?>> settings() {
        return List.of(ADDRESS);
    }

    static XRaySettings from(SettingsReader reader) {
        String text = reader.get(ADDRESS);
        String address = text;
        int udp = text.indexOf(UDP);
        if (udp >= 0) {
            int end = text.indexOf(' ', udp);
            address = text.substring(udp + UDP.length(), end < 0 ? text.length() : end);
        }
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        String port = colon < 0 ? Integer.toString(DEFAULT_PORT) : address.substring(colon + 1);
        if (!host.isEmpty()
                && port.matches("[0-9]{1,5}")
                && Integer.parseInt(port) <= MAX_PORT
                && Integer.parseInt(port) > 0) {
            return new XRaySettings(host, Integer.parseInt(port));
        }
        reader.refuse(ADDRESS.name(), text, "host:port");
        return new XRaySettings(DEFAULT_HOST, DEFAULT_PORT);
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
