package zipkin.ee.storage.forward;

import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingText;
import zipkin.ee.config.SettingsReader;

/**
 * STORAGE_TYPE=xray.
 *
 * @param host of the daemon
 * @param port of its UDP socket
 */
public record XRaySettings(String host, int port) {
    private static final String UDP = "udp:";
    private static final int DEFAULT_PORT = 2000;
    private static final int MAX_PORT = 65_535;

    private static final Setting<XRaySettings> ADDRESS = Setting.of(
            "AWS_XRAY_DAEMON_ADDRESS",
            "localhost:" + DEFAULT_PORT,
            "host:port",
            "Where the X-Ray daemon receives segments by UDP: host:port, or tcp:host:port udp:host:port as "
                    + "AWS writes it for both.",
            XRaySettings::parse);

    public static XRaySettings from(SettingsReader reader) {
        return reader.get(ADDRESS);
    }

    private static XRaySettings parse(String text) {
        String address = text;
        int udp = text.indexOf(UDP);
        if (udp >= 0) {
            int end = text.indexOf(' ', udp);
            address = text.substring(udp + UDP.length(), end < 0 ? text.length() : end);
        }
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        if (host.isEmpty()) {
            throw new IllegalArgumentException("no host");
        }
        return new XRaySettings(
                host, colon < 0 ? DEFAULT_PORT : (int) SettingText.number(address.substring(colon + 1), 1, MAX_PORT));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
