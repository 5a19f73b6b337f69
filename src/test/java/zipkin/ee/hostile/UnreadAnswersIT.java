package zipkin.ee.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.LeasedServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin2.Span;

/**
 * Clients that do not read what they asked for hold no thread, and memory within a bound and for a
 * time.
 */
class UnreadAnswersIT {
    private static final int CLIENTS = 80;
    private static final int SPANS = 5_000;
    private static final int SPANS_PER_MESSAGE = 1_000;
    private static final int TAG_LENGTH = 900;
    private static final int PIPELINED = 5_000;
    private static final Duration FREED_WITHIN = Duration.ofMinutes(1);

    private static LeasedServer lease;
    private static SpanClient client;
    private static String traceId;

    @BeforeAll
    static void start() {
        lease = LeasedServer.start(Map.of(
                "HTTP_ANSWER_TIMEOUT", "2s", "HTTP_ANSWER_MAX_TIME", "10s", "HTTP_ANSWERS_MAX_BYTES", "33554432"));
        client = new SpanClient(lease.server().uri());
        traceId = report(lease.http());
    }

    @AfterAll
    static void stop() {
        lease.close();
    }

    @Test
    void largeTraces_thatNobodyReads_leaveOthersServedAndAreFreed() {
        List<RawConnection> unread = connect("GET /api/v2/trace/" + traceId);
        try {
            client.requireServing();
            assertThat(answersHeld()).isLessThanOrEqualTo(33_554_432);
            Await.value("the memory of unread answers", FREED_WITHIN, UnreadAnswersIT::answersHeld, held -> held == 0);
            for (RawConnection connection : unread) {
                assertThat(connection.status()).isIn(200, 503);
            }
            for (RawConnection connection : unread) {
                assertThat(connection.awaitEnd()).as("closed").isTrue();
            }
        } finally {
            unread.forEach(RawConnection::close);
        }
        assertThat(lease.http().get("/api/v2/trace/" + traceId).statusCode()).isEqualTo(200);
        client.requireServing();
    }

    @Test
    void everyLargeAnswer_thatNobodyReads_leavesOthersServed() {
        String index = lease.http().get("/zipkin/").body();
        String script = index.replaceAll("(?s).*\"(?:\\./|/zipkin/)?(static/js/[^\"]+\\.js)\".*", "$1");
        for (String path : List.of("/zipkin/" + script, "/prometheus", "/api/v2/traces?limit=1000")) {
            List<RawConnection> unread = connect("GET " + path);
            try {
                client.requireServing();
            } finally {
                unread.forEach(RawConnection::close);
            }
        }
    }

    @Test
    void smallAnswers_pipelinedAndUnread_leaveOthersServed() {
        List<RawConnection> unread =
                connect("GET /info HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(PIPELINED) + "GET /info");
        try {
            client.requireServing();
            client.requireServing();
        } finally {
            unread.forEach(RawConnection::close);
        }
        client.requireServing();
    }

    private static List<RawConnection> connect(String request) {
        List<RawConnection> connections = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RawConnection connection =
                    RawConnection.withSmallWindow(lease.server().uri());
            connection.sendWithoutWaiting(request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            connections.add(connection);
        }
        return connections;
    }

    private static long answersHeld() {
        return lease.http().metric("gauge.zipkin_budget.answers_bytes.used");
    }

    /** A trace of 5 MB of JSON. */
    private static String report(ZipkinHttp zipkin) {
        Random random = new Random();
        long low = random.nextLong() | 1;
        StringBuilder tag = new StringBuilder();
        random.ints(TAG_LENGTH, 'a', 'z' + 1).forEach(letter -> tag.append((char) letter));
        String id = "";
        for (int message = 0; message < SPANS / SPANS_PER_MESSAGE; message++) {
            long before = (long) message * SPANS_PER_MESSAGE;
            List<Span> spans = LongStream.rangeClosed(1, SPANS_PER_MESSAGE)
                    .map(number -> number + before)
                    .mapToObj(number -> Span.newBuilder()
                            .traceId(0, low)
                            .id(number)
                            .timestamp(System.currentTimeMillis() * 1000)
                            .putTag("large", tag + Long.toString(number))
                            .build())
                    .toList();
            zipkin.report(spans);
            id = spans.get(0).traceId();
        }
        return id;
    }
}
