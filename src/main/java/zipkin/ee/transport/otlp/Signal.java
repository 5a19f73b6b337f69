package zipkin.ee.transport.otlp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import zipkin.ee.config.OtlpSettings;
import zipkin.ee.http.Routes;

/** What OTLP carries; a path of HTTP and a method of gRPC for each. */
enum Signal {
    TRACES("trace", "TraceService"),
    LOGS("logs", "LogsService"),
    METRICS("metrics", "MetricsService");

    private final String grpcPath;

    Signal(String name, String service) {
        this.grpcPath = "/opentelemetry.proto.collector." + name + ".v1." + service + "/Export";
    }

    /** The name in paths, settings and metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The signal of a method of gRPC; null for one of no accepted signal. */
    static @Nullable Signal ofGrpc(String path, OtlpSettings settings) {
        if (!path.endsWith("/Export")) {
            return null; // soon, since all posts are asked
        }
        for (Signal each : values()) {
            if (each.grpcPath.equals(path)) {
                return each.isAccepted(settings) ? each : null;
            }
        }
        return null;
    }

    private boolean isAccepted(OtlpSettings settings) {
        return this == TRACES || settings.discarded().contains(label());
    }

    /** The signal of a path without the context path; null for a path of no accepted signal. */
    static @Nullable Signal of(String path, OtlpSettings settings) {
        if (!Routes.isOtlp(path)) {
            return null; // soon, since all posts are asked
        }
        String route = Routes.of(path);
        for (Signal each : values()) {
            if (("/v1/" + each.label()).equals(route)) {
                return each.isAccepted(settings) ? each : null;
            }
        }
        return null;
    }
}
