package zipkin.ee.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin.ee.testing.broker.SharedTransports;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.libthrift.LibthriftSender;

/** Zipkin's sender over libthrift reports to Scribe's port. */
class ScribeIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final int port = SharedTransports.set().scribePort();
    private final ZipkinHttp zipkin = SharedTransports.http();

    @Test
    void spans_areStoredWhenTheSenderReturns() throws IOException {
        try (BytesMessageSender sender = sender(port)) {
            for (int message = 0; message < 50; message++) {
                List<Span> spans = spans(20);
                send(sender, spans);
                assertThat(zipkin.trace(spans.get(0).traceId())).containsExactlyInAnyOrderElementsOf(spans);
            }
        }
        assertThat(zipkin.get("/prometheus").body()).contains("zipkin_collector_spans_total{transport=\"scribe\"");
    }

    @Test
    void spanThatCannotBeRead_isRefusedWithTheReason_andTheNextIsTaken() throws IOException {
        try (BytesMessageSender sender = sender(port)) {
            assertThatThrownBy(() -> sender.send(List.of(new byte[] {2, 0, 3})))
                    .hasStackTraceContaining("Cannot read span 0: ");
        }
        try (BytesMessageSender sender = sender(port)) {
            assertThatCode(() -> send(sender, spans(1))).doesNotThrowAnyException();
        }
    }

    @Test
    void framesThatAreNone_closeTheirConnectionAlone() throws IOException {
        for (int length : new int[] {Integer.MAX_VALUE, -1, 0, 5}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) LIMIT.toMillis());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(length);
                out.write(new byte[] {1, 2, 3, 4, 5});
                out.flush();
                assertThat(isClosed(socket)).as("a frame of %s bytes", length).isTrue();
            }
        }
        try (BytesMessageSender sender = sender(port)) {
            assertThatCode(() -> send(sender, spans(1))).doesNotThrowAnyException();
        }
    }

    @Test
    @Tag("wildfly")
    @ResourceLock(RedeployedZipkin.LOCK)
    void portInUse_stopsTheDeploymentWithItsName() {
        assertThatThrownBy(() -> RedeployedZipkin.with(
                        Map.of("COLLECTOR_SCRIBE_ENABLED", "true", "COLLECTOR_PORT", Integer.toString(port))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot open COLLECTOR_PORT=" + port + " for Scribe");
    }

    /** The connection's end, by a reset where the server has left bytes unread. */
    private static boolean isClosed(Socket socket) {
        try {
            return new DataInputStream(socket.getInputStream()).read() < 0;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("reset");
        }
    }

    private static BytesMessageSender sender(int port) {
        return LibthriftSender.newBuilder().host("127.0.0.1").port(port).build();
    }

    private static void send(BytesMessageSender sender, List<Span> spans) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        spans.forEach(span -> messages.add(SpanBytesEncoder.THRIFT.encode(span)));
        sender.send(messages);
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
                    .localEndpoint(Endpoint.newBuilder()
                            .serviceName("scribe")
                            .ip("127.0.0.1")
                            .build())
                    .timestamp(System.currentTimeMillis() * 1000)
                    .duration(i)
                    .build());
        }
        return spans;
    }
}
