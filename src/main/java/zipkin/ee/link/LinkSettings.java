package zipkin.ee.link;

import java.time.Duration;
import zipkin.ee.config.Setting;
import zipkin.ee.config.SettingsReader;

/**
 * Counting of dependency links while spans arrive.
 *
 * @param enabled false: nothing is counted, and queries read what others have counted
 * @param rest how long spans wait before their links are counted, so that most traces are complete
 *     by then
 */
public record LinkSettings(boolean enabled, Duration rest) {
    private static final Setting<Boolean> ENABLED = Setting.flag(
            "DEPENDENCY_LINKS_ENABLED",
            true,
            "Whether dependency links are counted while spans arrive. Without effect on mem, which computes them "
                    + "for each query.");
    private static final Setting<Duration> REST = Setting.duration(
            "DEPENDENCY_LINKS_REST",
            "20s",
            "How long stored spans wait before their links are counted. Spans that arrive later correct the counts.");

    public static LinkSettings from(SettingsReader reader) {
        return new LinkSettings(reader.get(ENABLED), reader.get(REST));
    }
}
