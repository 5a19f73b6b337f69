package zipkin.ee.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.testing.NpmFolder;
import zipkin.ee.testing.Programs;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;

/** Tracers from npm report by the scripts in src/test/npm, installed as its lock file pins them. */
class NpmClientIT {
    private static NpmFolder installed;

    private final ZipkinHttp zipkin = SharedZipkin.http();

    @BeforeAll
    static void install() {
        installed = NpmFolder.install("src/test/npm", "target/npm-clients");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON_V1", "JSON_V2"})
    void trace_reportedByZipkinJs_isReadBackExactly(String encoding) {
        long beforeMicros = System.currentTimeMillis() * 1000;
        List<String> ids = report("zipkin-js.js", encoding);
        String traceId = ids.get(0);
        String rootId = ids.get(1);
        long afterMicros = (System.currentTimeMillis() + 1) * 1000;

        List<Span> spans = zipkin.awaitTrace(traceId, 2);

        assertThat(spans).allSatisfy(span -> {
            assertThat(span.timestampAsLong()).isBetween(beforeMicros, afterMicros);
            assertThat(span.durationAsLong()).isBetween(1L, afterMicros - beforeMicros);
        });
        assertThat(spans.stream().map(NpmClientIT::timeless))
                .containsExactlyInAnyOrder(
                        storefront(traceId, rootId)
                                .kind(Span.Kind.SERVER)
                                .name("get /item")
                                .putTag("http.path", "/item/7")
                                .build(),
                        storefront(traceId, ids.get(2))
                                .parentId(rootId)
                                .kind(Span.Kind.CLIENT)
                                .name("query")
                                .remoteEndpoint(endpoint("mysql", "10.4.0.2", 3306))
                                .addAnnotation(1, "row missing")
                                .putTag("error", "not found")
                                .build());
    }

    @Test
    void trace_exportedByOpenTelemetryJs_isReadBackExactly() {
        List<String> ids = report("opentelemetry.js");
        String rootId = ids.get(1);
        long startMicros = Long.parseLong(ids.get(3)) * 1000;
        Span.Builder mailer = Span.newBuilder()
                .traceId(ids.get(0))
                .localEndpoint(Endpoint.newBuilder().serviceName("mailer").build())
                .putTag("service.name", "Mailer");

        assertThat(zipkin.awaitTrace(ids.get(0), 2))
                .containsExactlyInAnyOrder(
                        mailer.clone()
                                .id(rootId)
                                .kind(Span.Kind.CONSUMER)
                                .name("deliver")
                                .timestamp(startMicros)
                                .duration(4_000)
                                .putTag("messaging.system", "kafka")
                                .putTag("attempts", "2")
                                .build(),
                        mailer.clone()
                                .id(ids.get(2))
                                .parentId(rootId)
                                .kind(Span.Kind.CLIENT)
                                .name("send")
                                .timestamp(startMicros + 1_000)
                                .duration(2_000)
                                .addAnnotation(startMicros + 2_000, "greylisted")
                                .putTag("peer.service", "Smtp")
                                .putTag("error", "450 later")
                                .putTag("otel.status_code", "ERROR")
                                .build());
    }

    /** Runs the script and splits the line that it prints. */
    private List<String> report(String script, String... arguments) {
        List<String> command = Stream.concat(
                        Stream.of(installed.node(), script, zipkin.uri("").toString()), Stream.of(arguments))
                .toList();
        return List.of(Programs.run(installed.path(), Duration.ofMinutes(2), command)
                .strip()
                .split(" "));
    }

    private static Span timeless(Span span) {
        Span.Builder timeless = span.toBuilder().timestamp(0).duration(0).clearAnnotations();
        span.annotations().forEach(annotation -> timeless.addAnnotation(1, annotation.value()));
        return timeless.build();
    }

    private static Span.Builder storefront(String traceId, String id) {
        return Span.newBuilder().traceId(traceId).id(id).localEndpoint(endpoint("storefront", "10.4.0.1", 3000));
    }

    private static Endpoint endpoint(String service, String ip, int port) {
        return Endpoint.newBuilder().serviceName(service).ip(ip).port(port).build();
    }
}
