package zipkin.ee.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registration with Eureka.
 *
 * @param enabled whether this server registers where there is a {@code serviceUrl}
 * @param serviceUrl of Eureka's v2 endpoint, with user and password if it wants them; null for none
 * @param appName of the instance
 * @param instanceId empty for host, application and port
 * @param hostName empty for this machine's
 */
public record EurekaSettings(
        boolean enabled, @Nullable URI serviceUrl, String appName, String instanceId, String hostName) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "DISCOVERY_EUREKA_ENABLED",
            true,
            "Whether this server registers with Eureka where EUREKA_SERVICE_URL is set.");
    private static final Setting<String> SERVICE_URL = Setting.text(
            "EUREKA_SERVICE_URL",
            "",
            "URL of Eureka's v2 endpoint, such as http://eureka:8761/eureka/v2 (Spring Cloud's is "
                    + "http://eureka:8761/eureka). May have user and password.");
    private static final Setting<String> APP_NAME =
            Setting.text("EUREKA_APP_NAME", "zipkin", "Application under which this server registers with Eureka.");
    private static final Setting<String> INSTANCE_ID =
            Setting.text("EUREKA_INSTANCE_ID", "", "Id of this server in Eureka. Not set: host:application:port.");
    private static final Setting<String> HOST_NAME = Setting.text(
            "EUREKA_HOSTNAME", "", "Host name that this server registers with Eureka. Not set: the machine's.");

    static List<Setting<?>> settings() {
        return List.of(ENABLED, SERVICE_URL, APP_NAME, INSTANCE_ID, HOST_NAME);
    }

    static EurekaSettings from(SettingsReader reader) {
        return new EurekaSettings(
                reader.get(ENABLED),
                serviceUrl(reader),
                reader.get(APP_NAME),
                reader.get(INSTANCE_ID),
                reader.get(HOST_NAME));
    }

    private static @Nullable URI serviceUrl(SettingsReader reader) {
        String text = reader.get(SERVICE_URL);
        if (text.isEmpty()) {
            return null;
        }
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        reader.refuse(SERVICE_URL.name(), text, "an http or https URL");
        return null;
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
