package zipkin.ee.selftracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnRequestsTest {
    @ParameterizedTest
    @CsvSource({
        "/api/v2/spans, /api/v2/spans",
        "/api/v2/trace/48485a3953bb6124, /api/v2/trace/{traceId}",
        "/zipkin/api/v2/trace/48485a3953bb6124, /zipkin/api/v2/trace/{traceId}",
        "/zipkin/api/v2/services, /zipkin/api/v2/services",
        "/health, /health",
        "/zipkin/static/js/index-1b2c.js, /zipkin/*",
        "/zipkin/traces/48485a3953bb6124, /zipkin/*",
        "/wp-admin/48485a3953bb6124, /*",
        "/api/v2/spans/48485a3953bb6124, /*",
        "/api/v2/anything, /*",
        "/zipkin/api/v2/anything, /zipkin/*",
    })
    void route_leavesOutWhatDiffers(String path, String route) {
        assertThat(OwnRequests.route(path)).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({"GET, get", "OPTIONS, options", "PROPFIND, other", "X48485a3953bb6124, other"})
    void method_madeUp_isOther(String method, String name) {
        assertThat(OwnRequests.method(method)).isEqualTo(name);
    }
}
