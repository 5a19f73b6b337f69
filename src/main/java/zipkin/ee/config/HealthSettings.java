package zipkin.ee.config;

import java.time.Duration;

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

    static HealthSettings from(SettingsReader reader) {
        return new HealthSettings(reader.get(INTERVAL));
    }
}
