package zipkin.ee.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.SharedZipkin;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * What tracers of the v1 days send: a thrift or JSON list posted to /api/v1/spans, here without any
 * tracer.
 */
class LegacyTracerIT {
    private final ZipkinHttp zipkin = SharedZipkin.http();
    private final List<Span> trace = trace();

    @Test
    void thriftList_posted_isReadBackExactly() {
        assertTaken(zipkin.post("/api/v1/spans", "application/x-thrift", SpanBytesEncoder.THRIFT.encodeList(trace)));
    }

    @Test
    void thriftList_postedGzipped_isReadBackExactly() throws IOException {
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
            gzip.write(SpanBytesEncoder.THRIFT.encodeList(trace));
        }

        assertTaken(zipkin.post(
                "/api/v1/spans", "application/x-thrift", gzipped.toByteArray(), "Content-Encoding", "gzip"));
    }

    @Test
    void jsonV1List_posted_isReadBackExactly() {
        assertTaken(zipkin.post("/api/v1/spans", "application/json", SpanBytesEncoder.JSON_V1.encodeList(trace)));
    }

    private void assertTaken(HttpResponse<String> response) {
        assertThat(response.body()).isEmpty();
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(zipkin.awaitTrace(trace.get(0).traceId(), trace.size())).containsExactlyInAnyOrderElementsOf(trace);
    }

    /** 64-bit ids and both sides of one call under one span id, as tracers of that time had it. */
    private static List<Span> trace() {
        String traceId = Long.toHexString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        long t = System.currentTimeMillis() * 1000;
        Endpoint web = Endpoint.newBuilder().serviceName("web").ip("10.2.0.1").build();
        Endpoint ledger = Endpoint.newBuilder()
                .serviceName("ledger")
                .ip("10.2.0.2")
                .port(9001)
                .build();
        Span.Builder call = Span.newBuilder().traceId(traceId).id("1a").name("post");
        Span client = call.clone()
                .kind(Span.Kind.CLIENT)
                .localEndpoint(web)
                .remoteEndpoint(ledger)
                .timestamp(t)
                .duration(9_000)
                .addAnnotation(t + 10, "finagle.retry")
                .build();
        Span server = call.clone()
                .kind(Span.Kind.SERVER)
                .shared(true)
                .localEndpoint(ledger)
                .timestamp(t + 1_000)
                .duration(7_000)
                .putTag("http.uri", "/entries")
                .build();
        Span step = Span.newBuilder()
                .traceId(traceId)
                .parentId("1a")
                .id("1b")
                .name("balance")
                .localEndpoint(ledger)
                .timestamp(t + 2_000)
                .duration(500)
                .build();
        return List.of(client, server, step);
    }
}
