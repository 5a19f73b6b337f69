package zipkin.ee.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import zipkin.ee.codec.Encoding;
import zipkin.ee.testing.LeasedServer;

/** Whatever is posted, the server answers 202 or 4xx, soon, and goes on working. */
class HostileInputIT {
    private static final int REQUESTS_PER_ENCODING = 5_000;
    private static final String SPANS = "[{\"traceId\":\"1\",\"id\":\"1\"}]";

    private static LeasedServer lease;
    private static SpanClient client;

    @BeforeAll
    static void start() {
        // Fewer spans are kept than by default, as some of these have a megabyte, and more than the
        // longest message has.
        lease = LeasedServer.start(Map.of("MEM_MAX_SPANS", "200000"));
        client = new SpanClient(lease.server().uri());
    }

    @AfterAll
    static void stop() {
        lease.close();
    }

    @Test
    void fuzzedBodies_allEncodings_areAnsweredAndLeaveAWorkingServer() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Encoding.values().length);
        try {
            List<Future<Integer>> runs = new ArrayList<>();
            for (Encoding encoding : Encoding.values()) {
                runs.add(threads.submit(() -> fuzz(encoding)));
            }
            for (Future<Integer> run : runs) {
                assertThat(run.get()).as("accepted").isBetween(REQUESTS_PER_ENCODING / 50, REQUESTS_PER_ENCODING - 100);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
        client.requireWorking();
    }

    private static int fuzz(Encoding encoding) {
        SpanMutator mutator = new SpanMutator(encoding, 5_1122);
        int accepted = 0;
        for (int i = 0; i < REQUESTS_PER_ENCODING; i++) {
            byte[] body = mutator.next();
            SpanClient.Answer answer = client.postHostile(encoding + " mutation " + i, encoding, body);
            accepted += answer.status() == 202 ? 1 : 0;
        }
        return accepted;
    }

    @Test
    void pathologicalBodies_all_areAnsweredAndLeaveAWorkingServer() {
        for (PathologicalBodies.Body body : PathologicalBodies.all(1 << 20)) {
            client.postHostile(body.toString(), body.encoding(), body.bytes());
            // and where another encoding is expected
            client.postHostile(body + " as JSON", Encoding.JSON_V2, body.bytes());
        }
        client.requireWorking();
    }

    @Test
    void decompressionBombs_single_manyMembers_andNested_areRefused() {
        for (byte[] bomb : List.of(GzipBombs.single(), GzipBombs.manyMembers())) {
            assertThat(client.postHostile("bomb", Encoding.JSON_V2, bomb, "Content-Encoding", "gzip")
                            .status())
                    .isEqualTo(413);
            byte[] nested = GzipBombs.gzip(bomb);
            assertThat(client.postHostile("nested bomb", Encoding.JSON_V2, nested, "Content-Encoding", "gzip, gzip")
                            .status())
                    .isEqualTo(415);
        }
        client.requireWorking();
    }

    @Test
    void contentEncoding_thatIsNotRead_is415_withThoseThatAre() {
        for (String coding : List.of("br", "zstd", "gzip, deflate")) {
            SpanClient.Answer answer = client.postHostile(
                    coding, Encoding.JSON_V2, SPANS.getBytes(StandardCharsets.UTF_8), "Content-Encoding", coding);
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.text()).endsWith(": gzip, deflate");
        }
    }

    @Test
    void compressedBodies_cutOrSpoilt_areRefused() {
        byte[] whole = GzipBombs.gzip(SPANS.getBytes(StandardCharsets.UTF_8));
        assertThat(gzipped(whole)).isEqualTo(202);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(gzipped(cut)).as("first %s bytes", length).isEqualTo(400);
        }
        client.requireWorking();
    }

    @Test
    void bodyBeyondTheLimit_isRefused() {
        byte[] large = new byte[11 << 20];
        SpanClient.Answer answer = client.postHostile("11 MiB", Encoding.JSON_V2, large);
        assertThat(answer.status()).isEqualTo(413);
        client.requireWorking();
    }

    @Test
    void wrongFraming_onARawConnection_isRefusedOrClosed() {
        for (String request : List.of(
                RawConnection.post("Transfer-Encoding: chunked") + "5\r\n[{\"tr",
                RawConnection.post("Transfer-Encoding: chunked") + "zz\r\n" + SPANS + "\r\n0\r\n\r\n",
                RawConnection.post("Transfer-Encoding: chunked") + "ffffffffffffffff\r\n" + SPANS,
                RawConnection.post("Transfer-Encoding: chunked") + "-5\r\n" + SPANS,
                RawConnection.post("Content-Length: 1000") + SPANS,
                RawConnection.post("Content-Length: 7") + SPANS,
                RawConnection.post("Content-Length: -1") + SPANS,
                RawConnection.post("Content-Length: 99999999999999999999") + SPANS,
                RawConnection.post("Content-Length: x") + SPANS,
                RawConnection.post("Content-Length: 5", "Content-Length: 6") + SPANS,
                RawConnection.post("Content-Length: 5", "Transfer-Encoding: chunked") + SPANS,
                RawConnection.post("X: " + "y".repeat(2 << 20), "Content-Length: 2") + "[]",
                "\u0016\u0003\u0001\u0002\0\u0001\0",
                "POST /api/v2/spans",
                "\r\n\r\n\r\n")) {
            try (RawConnection connection = new RawConnection(lease.server().uri())) {
                connection.send(request);
                connection.endOutput();
                int status = connection.status();
                if (status != 0) {
                    assertThat(status)
                            .as(request.substring(0, Math.min(200, request.length())))
                            .isBetween(400, 499);
                }
            }
        }
        client.requireWorking();
    }

    private static int gzipped(byte[] body) {
        return client.postHostile("gzip", Encoding.JSON_V2, body, "Content-Encoding", "gzip")
                .status();
    }
}
