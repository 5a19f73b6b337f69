package zipkin.ee.transport.otlp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.http.Routes;

/** What OTLP carries; a path for each. */
enum Signal {
    TRACES,
    LOGS,
    METRICS;

    /** The name in paths, settings and metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The signal of a path without the context path; null for a path of no accepted signal. */
    static @Nullable Signal of(String path, OtlpSettings settings) {
        if (!Routes.isOtlp(path)) {
            return null; // soon, since all posts are asked
        }
        String route = Routes.of(path);
        for (Signal each : values()) {
            if (("/v1/" + each.label()).equals(route)) {
                return each == TRACES || settings.discarded().contains(each.label()) ? each : null;
            }
        }
        return null;
    }
}
