package zipkin.ee.selftracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** The server's requests are traces of the service zipkin-server, and storing these makes no more of them. */
class SelfTracingIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void requests_areTraced_andTheirStoringIsNot() {
        try (ZipkinEeServer server =
                ZipkinEeServer.start(Map.of("SELF_TRACING_ENABLED", "true", "SELF_TRACING_TRACES_PER_SECOND", "0"))) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            Span span = Span.newBuilder()
                    .traceId("a")
                    .id("b")
                    .localEndpoint(Endpoint.newBuilder().serviceName("shop").build())
                    .timestamp(System.currentTimeMillis() * 1000)
                    .build();
            assertThat(zipkin.post(
                                    "/api/v2/spans",
                                    "application/json",
                                    SpanBytesEncoder.JSON_V2.encodeList(List.of(span)))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(zipkin.get("/api/v2/trace/a").statusCode()).isEqualTo(200);
            assertThat(zipkin.get("/api/v2/trace/dead").statusCode()).isEqualTo(404);

            Await.value(
                    "names of its own spans",
                    LIMIT,
                    () -> zipkin.get("/api/v2/spans?serviceName=zipkin-server").body(),
                    names -> names.contains("post /api/v2/spans") && names.contains("get /api/v2/trace/{traceid}"));
            String failed = zipkin.get(
                            "/api/v2/traces?serviceName=zipkin-server&annotationQuery=http.path%3D%2Fapi%2Fv2%2Ftrace%2Fdead")
                    .body();
            assertThat(failed)
                    .contains("\"kind\":\"SERVER\"", "\"http.status_code\":\"404\"", "\"http.method\":\"GET\"");

            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            long before = spans(zipkin);
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            assertThat(spans(zipkin) - before)
                    .as("spans of two requests for /metrics and none else")
                    .isBetween(0L, 2L);
        }
    }

    @Test
    void itIsOff_unlessItIsSwitchedOn() {
        try (ZipkinEeServer server = ZipkinEeServer.start(Map.of())) {
            ZipkinHttp zipkin = new ZipkinHttp(server.uri());
            zipkin.get("/api/v2/services");
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            assertThat(zipkin.get("/api/v2/services").body()).doesNotContain("zipkin-server");
            assertThat(zipkin.get("/metrics").body()).doesNotContain(".local");
        }
    }

    private static long spans(ZipkinHttp zipkin) {
        String key = "\"counter.zipkin_collector.spans.local\"";
        String body = zipkin.get("/metrics").body();
        assertThat(body).contains(key);
        return (long) Double.parseDouble(
                body.substring(body.indexOf(key) + key.length()).replaceFirst("(?s)^\\s*:\\s*([0-9.]+).*", "$1"));
    }
}
