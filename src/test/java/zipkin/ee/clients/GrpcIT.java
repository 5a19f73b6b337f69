package zipkin.ee.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.sql.DatabaseServer;
import zipkin.ee.testing.sql.PostgresServer;
import zipkin.ee.testing.sql.PostgresVersion;
import zipkin.ee.testing.sql.ServerDatabase;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** grpc-java reports to zipkin.proto3.SpanService on the port of HTTP, without TLS. On WildFly: elsewhere HTTP/2 is off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("wildfly")
class GrpcIT {
    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ZipkinEeServer server = ZipkinEeServer.start(
            Map.of("COLLECTOR_GRPC_ENABLED", "true", "COLLECTOR_HTTP_MAX_BYTES", Integer.toString(MAX_BYTES)));
    private final ZipkinHttp zipkin = new ZipkinHttp(server.uri());
    private final ManagedChannel channel = channel(server.uri());

    @AfterAll
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void report_isStoredWhenItIsAnswered() {
        List<Span> spans = spans(20);

        assertThat(report(channel, proto3(spans))).isEmpty();

        assertThat(zipkin.trace(spans.get(0).traceId())).containsExactlyInAnyOrderElementsOf(spans);
    }

    @Test
    void report_thatIsCompressed_isInflated() {
        List<Span> spans = spans(200);

        assertThat(ClientCalls.blockingUnaryCall(
                        channel, method("Report"), CallOptions.DEFAULT.withCompression("gzip"), proto3(spans)))
                .isEmpty();

        assertThat(zipkin.trace(spans.get(0).traceId())).containsExactlyInAnyOrderElementsOf(spans);
    }

    @Test
    void report_ofNothing_isTaken() {
        assertThat(report(channel, new byte[0])).isEmpty();
    }

    @Test
    void report_thatCannotBeRead_isAnInvalidArgument_andItsConnectionGoesOn() {
        Status status = refused(channel, "Report", "kein Größenfeld".getBytes(UTF_8));

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).contains("reading List<Span> from proto3");
        assertThat(report(channel, proto3(spans(1)))).isEmpty();
    }

    @Test
    void report_beyondTheBound_isExhausted_compressedOrNot() {
        byte[] large = proto3(spans(3000));
        assertThat(large).hasSizeGreaterThan(MAX_BYTES);

        assertThat(refused(channel, "Report", large).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        StatusRuntimeException compressed = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel, method("Report"), CallOptions.DEFAULT.withCompression("gzip"), large));
        assertThat(compressed.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void method_thatIsNotThere_isUnimplemented() {
        assertThat(refused(channel, "Query", new byte[0]).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void hundredsOfCallsAtOnce_areStoredAndCounted() throws Exception {
        long before = metric("spans");
        List<List<Span>> sent = new ArrayList<>();
        List<ListenableFuture<byte[]>> answers = new ArrayList<>();
        for (int call = 0; call < 500; call++) {
            List<Span> spans = spans(10);
            sent.add(spans);
            answers.add(
                    ClientCalls.futureUnaryCall(channel.newCall(method("Report"), CallOptions.DEFAULT), proto3(spans)));
        }
        for (ListenableFuture<byte[]> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEmpty();
        }
        for (List<Span> spans : sent) {
            assertThat(zipkin.trace(spans.get(0).traceId())).containsExactlyInAnyOrderElementsOf(spans);
        }
        assertThat(metric("spans")).isGreaterThanOrEqualTo(before + 5000);
    }

    @Test
    void overHttp1_clientsAreToldToUpgrade() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) server.uri()
                .resolve("/zipkin.proto3.SpanService/Report")
                .toURL()
                .openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.getOutputStream().write(new byte[5]);

        assertThat(connection.getResponseCode()).isEqualTo(426);
    }

    @Test
    void storageOutage_isUnavailable_andNothingAnsweredIsLost() {
        try (DatabaseServer database = PostgresServer.startDurable(PostgresVersion.V18)) {
            ServerDatabase own = database.createDatabase();
            ZipkinEeServer started = ZipkinEeServer.start(Map.of(
                    "COLLECTOR_GRPC_ENABLED", "true",
                    "STORAGE_TYPE", "postgresql",
                    "POSTGRES_HOST", own.host(),
                    "POSTGRES_PORT", Integer.toString(own.port()),
                    "POSTGRES_DB", own.name(),
                    "POSTGRES_USER", own.owner().user(),
                    "POSTGRES_PASS", own.owner().password()));
            List<Span> spans = spans(10);
            ManagedChannel first = channel(started.uri());
            try {
                assertThat(report(first, proto3(spans))).isEmpty();
                database.kill();
                assertThat(refused(first, "Report", proto3(spans(1))).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                database.restart();
                List<Span> later = spans(5);
                Await.value("a call after the outage", LIMIT, () -> isTaken(first, proto3(later)), taken -> taken);
                assertThat(new ZipkinHttp(started.uri()).trace(later.get(0).traceId()))
                        .containsExactlyInAnyOrderElementsOf(later);
            } finally {
                first.shutdownNow();
                started = started.killAndRestart();
            }
            ManagedChannel second = channel(started.awaitHealthy().uri());
            try (ZipkinEeServer restarted = started) {
                assertThat(new ZipkinHttp(restarted.uri()).trace(spans.get(0).traceId()))
                        .containsExactlyInAnyOrderElementsOf(spans);
                assertThatCode(() -> report(second, proto3(spans))).doesNotThrowAnyException();
            } finally {
                second.shutdownNow();
            }
        }
    }

    private static boolean isTaken(ManagedChannel channel, byte[] message) {
        try {
            report(channel, message);
            return true;
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private long metric(String name) {
        String key = "\"counter.zipkin_collector." + name + ".grpc\"";
        String body = zipkin.get("/metrics").body();
        assertThat(body).contains(key);
        return (long) Double.parseDouble(
                body.substring(body.indexOf(key) + key.length()).replaceFirst("(?s)^\\s*:\\s*([0-9.]+).*", "$1"));
    }

    private static ManagedChannel channel(URI uri) {
        return OkHttpChannelBuilder.forAddress(uri.getHost(), uri.getPort())
                .usePlaintext()
                .build();
    }

    private static byte[] report(ManagedChannel channel, byte[] message) {
        return ClientCalls.blockingUnaryCall(
                channel, method("Report"), CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), message);
    }

    private static Status refused(ManagedChannel channel, String method, byte[] message) {
        return catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> ClientCalls.blockingUnaryCall(
                                channel,
                                method(method),
                                CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                                message))
                .getStatus();
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("zipkin.proto3.SpanService/" + name)
                .build();
    }

    private static byte[] proto3(List<Span> spans) {
        return SpanBytesEncoder.PROTO3.encodeList(spans);
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

    /** A message as it is: whoever encodes it knows what is in it. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
