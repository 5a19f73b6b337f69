package zipkin.ee.ops;

import java.time.Duration;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * The background check whose last result /health answers with.
 *
 * @param interval between the end of a check and the next one
 */
public record HealthSettings(Duration interval) {
    private static final Setting<Duration> INTERVAL = Setting.duration(
            "ZIPKIN_HEALTH_INTERVAL",
            "2s",
            "Pause between two background checks of the storage and the transports. /health "
                    + "answers with the last result.");

    public static HealthSettings from(SettingsReader reader) {
        return new HealthSettings(reader.get(INTERVAL));
    }
}
