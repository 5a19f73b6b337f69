package zipkin.ee.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static zipkin.ee.testing.GrpcClient.proto3;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import zipkin.ee.testing.GrpcClient;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.SharedTransports;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * grpc-java reports to zipkin.proto3.SpanService on the port of HTTP, without TLS. On WildFly:
 * elsewhere HTTP/2 is off.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("wildfly")
class GrpcIT {
    private final ZipkinHttp zipkin = SharedTransports.http();
    private final GrpcClient client = new GrpcClient(SharedTransports.server().uri());

    @AfterAll
    void stop() {
        client.close();
    }

    @Test
    void report_isStoredWhenItIsAnswered() {
        List<Span> spans = spans(20);

        assertThat(client.report(proto3(spans))).isEmpty();

        assertThat(zipkin.trace(spans.get(0).traceId())).containsExactlyInAnyOrderElementsOf(spans);
    }

    @Test
    void report_thatIsCompressed_isInflated() {
        List<Span> spans = spans(200);

        assertThat(client.reportGzipped(proto3(spans))).isEmpty();

        assertThat(zipkin.trace(spans.get(0).traceId())).containsExactlyInAnyOrderElementsOf(spans);
    }

    @Test
    void report_ofNothing_isTaken() {
        assertThat(client.report(new byte[0])).isEmpty();
    }

    @Test
    void report_thatCannotBeRead_isAnInvalidArgument_andItsConnectionGoesOn() {
        Status status = client.refusedReport("kein Größenfeld".getBytes(UTF_8));

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("reading List<Span> from proto3");
        assertThat(client.report(proto3(spans(1)))).isEmpty();
    }

    @Test
    void report_beyondTheBound_isExhausted_compressedOrNot() {
        byte[] large = proto3(spans(3000));
        assertThat(large).hasSizeGreaterThan(SharedTransports.MAX_BYTES);

        assertThat(client.refusedReport(large).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        StatusRuntimeException compressed =
                catchThrowableOfType(StatusRuntimeException.class, () -> client.reportGzipped(large));
        assertThat(compressed.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void method_thatIsNotThere_isUnimplemented() {
        assertThat(client.refused("Query", new byte[0]).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void hundredsOfCallsAtOnce_areStoredAndCounted() throws Exception {
        long before = zipkin.counter("spans", "grpc");
        List<List<Span>> sent = new ArrayList<>();
        List<ListenableFuture<byte[]>> answers = new ArrayList<>();
        for (int call = 0; call < 500; call++) {
            List<Span> spans = spans(10);
            sent.add(spans);
            answers.add(client.reportLater(proto3(spans)));
        }
        for (ListenableFuture<byte[]> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEmpty();
        }
        for (List<Span> spans : sent) {
            assertThat(zipkin.trace(spans.get(0).traceId())).containsExactlyInAnyOrderElementsOf(spans);
        }
        assertThat(zipkin.counter("spans", "grpc")).isGreaterThanOrEqualTo(before + 5000);
    }

    @Test
    void overHttp1_clientsAreToldToUpgrade() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) SharedTransports.server()
                .uri()
                .resolve("/zipkin.proto3.SpanService/Report")
                .toURL()
                .openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.getOutputStream().write(new byte[5]);

        assertThat(connection.getResponseCode()).isEqualTo(426);
    }

    private static List<Span> spans(int count) {
        long trace = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        List<Span> spans = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            spans.add(Span.newBuilder()
                    .traceId(trace, trace)
                    .id(i)
                    .name("call-" + i)
                    .kind(Span.Kind.CLIENT)
                    .localEndpoint(Endpoint.newBuilder().serviceName("grpc").build())
                    .timestamp(System.currentTimeMillis() * 1000)
                    .duration(i)
                    .putTag("user.agent", "a tag that makes a span of a hundred bytes and more, for bounds: " + trace)
                    .build());
        }
        return spans;
    }
}
