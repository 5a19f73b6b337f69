package zipkin.ee.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

/** Clients that are slow or do nothing do not keep others from being served. */
class HostileClientsIT {
    private static final int SLOW_CLIENTS = 300;
    private static final int IDLE_CONNECTIONS = 2_000;
    private static final int OFFERING_CLIENTS = 8;
    private static final int LARGE_TRACE = 500;
    private static final int PAUSE_MILLIS = 500;
    private static final int BYTES_SENT_SLOWLY = 10;

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static LeasedServer lease;
    private static SpanClient client;

    @BeforeAll
    static void start() {
        lease = LeasedServer.start(Map.of("COLLECTOR_HTTP_BODY_TIMEOUT", "2s"));
        client = new SpanClient(lease.server().uri());
    }

    @AfterAll
    static void stop() {
        lease.close();
    }

    /**
     * Of 46 a second, which is what the mixed attack made, each once stayed until the heap was
     * full.
     */
    @Test
    @Tag("wildfly")
    void connections_thatAreReset_leaveNothing() throws IOException {
        for (String request : List.of(
                RawConnection.post("Content-Length: 1000") + "[{",
                RawConnection.post("Content-Length: 99999999") + "[{",
                "GET /prometheus HTTP/1.1\r\nHost: h\r\n\r\n")) {
            for (int i = 0; i < 300; i++) {
                try (Socket socket = new Socket(
                        lease.server().uri().getHost(), lease.server().uri().getPort())) {
                    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                    LockSupport.parkNanos(i % 3 * 1_000_000L);
                    socket.setSoLinger(true, 0);
                }
            }
        }

        Await.value(
                "requests that are kept",
                LIMIT,
                () -> lease.server().objects("io.undertow.server.HttpServerExchange"),
                count -> count < 100);
    }

    @Test
    void slowBodies_twoBytesASecond_leaveOthersServedAndEndWith408() {
        List<RawConnection> slow = connect(SLOW_CLIENTS);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger sent = new AtomicInteger();
        try {
            slow.forEach(connection -> connection.send(RawConnection.post("Content-Length: 1000") + "["));
            Future<?> ticks = clock.scheduleAtFixedRate(
                    () -> {
                        slow.forEach(connection -> connection.send(" "));
                        sent.incrementAndGet();
                    },
                    PAUSE_MILLIS,
                    PAUSE_MILLIS,
                    TimeUnit.MILLISECONDS);
            int served = 0;
            // Until after the timeout, as answering a body that is late must not hold a thread
            // either.
            while (sent.get() < BYTES_SENT_SLOWLY) {
                client.requireWorking();
                served++;
            }
            assertThat(ticks.isDone()).as("stopped sending").isFalse();
            assertThat(served).as("rounds served meanwhile").isGreaterThan(BYTES_SENT_SLOWLY);
            for (RawConnection connection : slow) {
                assertThat(connection.status()).isEqualTo(408);
            }
        } finally {
            clock.shutdownNow();
            slow.forEach(RawConnection::close);
        }
        client.requireWorking();
    }

    /** As Java's HttpClient does with HTTP/2; a protocol that no server knows is passed over. */
    @Test
    void bodies_behindTheOfferOfAnotherProtocol_areTaken() {
        String body = "[{\"traceId\":\"1\",\"id\":\"1\"}]";
        List<RawConnection> offering = connect(OFFERING_CLIENTS);
        try {
            String head =
                    RawConnection.post("Connection: Upgrade", "Upgrade: another", "Content-Length: " + body.length());
            offering.forEach(connection -> connection.send(head));
            client.requireWorking(); // meanwhile the server has read the heads
            for (RawConnection connection : offering) {
                connection.send(body);
                assertThat(connection.status()).isEqualTo(202);
            }
        } finally {
            offering.forEach(RawConnection::close);
        }
    }

    /** Java's client offers HTTP/2; the answer is more than the server's buffer holds. */
    @Test
    void answers_toTheOfferOfAnotherProtocol_sayWhatTheyAre() {
        ZipkinHttp zipkin = lease.http();
        List<Span> spans = LongStream.rangeClosed(1, LARGE_TRACE)
                .mapToObj(id -> Span.newBuilder()
                        .traceId(0, LARGE_TRACE)
                        .id(id)
                        .name("large")
                        .build())
                .toList();
        zipkin.report(spans);

        HttpResponse<String> answer = zipkin.get("/api/v2/trace/" + spans.get(0).traceId());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(SpanBytesDecoder.JSON_V2.decodeList(answer.body().getBytes(UTF_8)))
                .hasSize(LARGE_TRACE);
    }

    @Test
    void slowHeaders_leaveOthersServed() {
        List<RawConnection> slow = connect(SLOW_CLIENTS);
        try {
            slow.forEach(connection -> connection.send("POST /api/v2/spans HTTP/1.1\r\nHost: loc"));
            client.requireWorking();
            slow.forEach(connection -> connection.send("alhost\r\nX: "));
            client.requireWorking();
        } finally {
            slow.forEach(RawConnection::close);
        }
    }

    @Test
    void idleConnections_leaveOthersServed() {
        List<RawConnection> idle = connect(IDLE_CONNECTIONS);
        try {
            for (int i = 0; i < 20; i++) {
                client.requireWorking();
            }
        } finally {
            idle.forEach(RawConnection::close);
        }
        client.requireWorking();
    }

    private static List<RawConnection> connect(int count) {
        List<RawConnection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connections.add(new RawConnection(lease.server().uri()));
        }
        return connections;
    }
}
