package zipkin.ee.config;

import java.time.Duration;
import java.util.List;

/**
 * Dependency links, counted while spans come in.
 *
 * @param enabled false: nothing is counted, and queries read what others have counted
 * @param rest how long spans wait before their links are counted, so that most traces are whole by
 *     then
 */
public record LinkSettings(boolean enabled, Duration rest) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "DEPENDENCY_LINKS_ENABLED",
            true,
            "Whether dependency links are counted live. Without effect on mem, which computes them when asked.");
    private static final Setting<Duration> REST = Setting.duration(
            "DEPENDENCY_LINKS_REST",
            "20s",
            "How long stored spans wait before their links are counted; spans that come later correct the counts.");

    static List<Setting<?>> settings() {
        return List.of(ENABLED, REST);
    }

    static LinkSettings from(SettingsReader reader) {
        return new LinkSettings(reader.get(ENABLED), reader.get(REST));
    }

    @Override
    public String toString() {
        return MaskedRecord.text(this);
    }
}
