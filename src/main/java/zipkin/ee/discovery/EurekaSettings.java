package zipkin.ee.discovery;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.HttpUrl;
import zipkin.ee.config.MaskedRecord;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

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
            "Whether this server registers with Eureka when EUREKA_SERVICE_URL is set.");
    private static final Setting<URI> SERVICE_URL = Setting.of(
            "EUREKA_SERVICE_URL",
            "",
            "an http or https URL",
            "URL of Eureka's v2 endpoint, such as http://eureka:8761/eureka/v2 (Spring Cloud's is "
                    + "http://eureka:8761/eureka). May contain user and password.",
            text -> HttpUrl.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
    private static final Setting<String> APP_NAME = Setting.text(
            "EUREKA_APP_NAME", "zipkin", "Application name under which this server registers with Eureka.");
    private static final Setting<String> INSTANCE_ID =
            Setting.text("EUREKA_INSTANCE_ID", "", "Id of this server in Eureka. Unset: host:application:port.");
    private static final Setting<String> HOST_NAME = Setting.text(
            "EUREKA_HOSTNAME", "", "Host name that this server registers with Eureka. Unset: the machine's.");

    public static EurekaSettings from(SettingsReader reader) {
        return new EurekaSettings(
                reader.get(ENABLED),
                reader.find(SERVICE_URL),
                reader.get(APP_NAME),
                reader.get(INSTANCE_ID),
                reader.get(HOST_NAME));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
