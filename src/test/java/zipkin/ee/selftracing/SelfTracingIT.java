package zipkin.ee.selftracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * The server's requests are traces of the service zipkin-server, and storing these makes no more of
 * them.
 */
class SelfTracingIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TRACES = "/api/v2/traces?serviceName=zipkin-server&limit=100000";
    private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":(\\d+)");

    /** All requests that the traced server has had. */
    private int requests;

    @Test
    @ResourceLock(RedeployedZipkin.LOCK)
    void requests_areTraced_andTheirStoringIsNot() {
        ZipkinHttp zipkin = new ZipkinHttp(
                RedeployedZipkin.with(Map.of("SELF_TRACING_ENABLED", "true", "SELF_TRACING_TRACES_PER_SECOND", "0"))
                        .uri());
        zipkin.report(List.of(Span.newBuilder()
                .traceId("a")
                .id("b")
                .localEndpoint(Endpoint.newBuilder().serviceName("shop").build())
                .timestamp(System.currentTimeMillis() * 1000)
                .build()));
        requests++;
        assertThat(get(zipkin, "/api/v2/trace/a").statusCode()).isEqualTo(200);
        assertThat(get(zipkin, "/api/v2/trace/dead").statusCode()).isEqualTo(404);

        Await.value(
                "names of its own spans",
                LIMIT,
                () -> get(zipkin, "/api/v2/spans?serviceName=zipkin-server").body(),
                names -> names.contains("post /api/v2/spans") && names.contains("get /api/v2/trace/{traceid}"));
        assertThat(tracesOf(zipkin, "dead"))
                .contains("\"kind\":\"SERVER\"", "\"http.status_code\":\"404\"", "\"http.method\":\"GET\"");

        // Spans of what was stored by now would be older than the next request's.
        assertThat(get(zipkin, "/api/v2/trace/beef").statusCode()).isEqualTo(404);
        int sent = requests;
        String last = Await.value("the last span", LIMIT, () -> tracesOf(zipkin, "beef"), TIMESTAMP.asPredicate());
        long lastMicros = timestamps(last).get(0);
        String all = get(zipkin, TRACES).body();
        int ofTheStartupScreen = all.split("\"http.path\":\"/health\"", -1).length - 1;
        assertThat(timestamps(all)).filteredOn(micros -> micros <= lastMicros).hasSize(sent + ofTheStartupScreen);
        assertThat(zipkin.get("/metrics").body()).contains("counter.zipkin_collector.spans.local");
    }

    @Test
    void itIsOff_unlessItIsSwitchedOn() {
        ZipkinHttp zipkin = SharedZipkin.http();
        assertThat(zipkin.get("/api/v2/services").body()).doesNotContain("zipkin-server");
        assertThat(zipkin.get("/metrics").body()).doesNotContain(".local");
    }

    private HttpResponse<String> get(ZipkinHttp zipkin, String path) {
        requests++;
        return zipkin.get(path);
    }

    /** Traces of the server's own requests for a trace. */
    private String tracesOf(ZipkinHttp zipkin, String traceId) {
        return get(zipkin, TRACES + "&annotationQuery=http.path%3D%2Fapi%2Fv2%2Ftrace%2F" + traceId)
                .body();
    }

    private static List<Long> timestamps(String traces) {
        return TIMESTAMP
                .matcher(traces)
                .results()
                .map((MatchResult found) -> Long.valueOf(found.group(1)))
                .toList();
    }
}
