package zipkin.ee.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import zipkin.ee.codec.Encoding;
import zipkin.ee.testing.WildFlyServer;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Messages that are small on the wire and large in the heap do not fill a heap of 256 MB, nor stop
 * others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmallHeapIT {
    private static final int ATTACKERS = 24;
    private static final int MESSAGES_EACH = 4;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int scribePort = ScribeAttack.freePort();
    private WildFlyServer server;
    private SpanClient client;

    @BeforeAll
    void start() {
        server = WildFlyServer.start(Map.of(
                WildFlyServer.JAVA_OPTS,
                "-Xmx256m",
                "COLLECTOR_SCRIBE_ENABLED",
                "true",
                "COLLECTOR_PORT",
                Integer.toString(scribePort)));
        client = new SpanClient(server.uri());
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        server.close();
    }

    @Test
    void messagesThatInflateAndDecodeToMuch_areRefusedBeyondTheBudgets_andOthersAreServed() throws Exception {
        byte[] body = ManySpansBody.gzip(6); // one finds room, two do not
        List<Future<List<Integer>>> attacks = new ArrayList<>();
        for (int i = 0; i < ATTACKERS; i++) {
            attacks.add(threads.submit(() -> post(body)));
        }
        do {
            client.requireWorking();
        } while (!attacks.stream().allMatch(Future::isDone));

        List<Integer> statuses = new ArrayList<>();
        for (Future<List<Integer>> attack : attacks) {
            statuses.addAll(attack.get());
        }
        assertThat(statuses).hasSize(ATTACKERS * MESSAGES_EACH).contains(202).isSubsetOf(202, 503);
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
        client.requireWorking();
    }

    @Test
    void message_thatAloneNeedsMoreThanTheBudget_isTooLarge() {
        SpanClient.Answer answer = client.post(Encoding.JSON_V2, ManySpansBody.gzip(20), "Content-Encoding", "gzip");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("COLLECTOR_MAX_DECODED_BYTES=");
    }

    @Test
    void framesOfBadEntries_areAnswered_andOthersAreServed() throws Exception {
        byte[] frame = ScribeAttack.frameOfBadEntries(10 << 20);
        List<Future<Integer>> attacks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attacks.add(threads.submit(() -> ScribeAttack.send(scribePort, frame)));
        }
        int rounds = 0;
        while (!attacks.stream().allMatch(Future::isDone) || rounds == 0) {
            long start = System.nanoTime();
            assertThat(ScribeAttack.send(scribePort, ScribeAttack.frame("other", "x", 1)))
                    .isEqualTo(ScribeAttack.REPLY);
            assertThat((System.nanoTime() - start) / 1_000_000).as("ms").isLessThan(2_000);
            client.requireWorking();
            rounds++;
        }
        List<Integer> replies = new ArrayList<>();
        for (Future<Integer> attack : attacks) {
            replies.add(attack.get());
        }
        assertThat(replies).contains(ScribeAttack.EXCEPTION).isSubsetOf(ScribeAttack.EXCEPTION, ScribeAttack.CLOSED);
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }

    /** As objects, the spans that are stored here would take ten times the heap. */
    @Test
    void tracesOfMostOfTheHeap_readByMany_areRefusedOrWhole_andOthersAreServed() throws Exception {
        String traceId = storeLargeTraces();
        List<String> paths = List.of(
                "/api/v2/trace/" + traceId,
                "/api/v2/traces?limit=10000",
                "/api/v2/traceMany?traceIds=" + traceId + ",1",
                "/api/v2/dependencies?endTs=" + System.currentTimeMillis());
        List<Future<List<SpanClient.Answer>>> attacks = new ArrayList<>();
        for (int i = 0; i < ATTACKERS; i++) {
            String path = paths.get(i % paths.size());
            attacks.add(threads.submit(() -> List.of(client.get(path), client.get(path))));
        }
        do {
            client.requireWorking();
        } while (!attacks.stream().allMatch(Future::isDone));

        for (Future<List<SpanClient.Answer>> attack : attacks) {
            for (SpanClient.Answer answer : attack.get()) {
                assertThat(answer.status()).as(answer.text()).isIn(200, 503);
            }
        }
        SpanClient.Answer refused = client.get(paths.get(0));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text()).contains("QUERY_MAX_ANSWER_BYTES=").endsWith("Ask for less.");
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
        client.requireWorking();
    }

    /** One of 150,000 spans, and many of three. */
    private String storeLargeTraces() {
        long now = System.currentTimeMillis() * 1000;
        String traceId = "00000000000000ab";
        for (int message = 0; message < 50; message++) {
            List<Span> spans = new ArrayList<>();
            for (int i = 1; i <= 4_000; i++) {
                long number = message * 4_000L + i;
                boolean large = i <= 3_000;
                spans.add(Span.newBuilder()
                        .traceId(large ? traceId : Long.toHexString(0x1000 + number / 3))
                        .id(number)
                        .timestamp(now + number)
                        .kind(Span.Kind.CLIENT)
                        .localEndpoint(service("caller" + i % 50))
                        .remoteEndpoint(service("called" + i % 70))
                        .putTag("http.path", "/orders/" + i % 100)
                        .putTag("http.method", "GET")
                        .build());
            }
            assertThat(client.post(Encoding.PROTO3, SpanBytesEncoder.PROTO3.encodeList(spans))
                            .status())
                    .isEqualTo(202);
        }
        return traceId;
    }

    private static Endpoint service(String name) {
        return Endpoint.newBuilder().serviceName(name).build();
    }

    private List<Integer> post(byte[] body) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < MESSAGES_EACH; i++) {
            statuses.add(client.post(Encoding.JSON_V2, body, "Content-Encoding", "gzip")
                    .status());
        }
        return statuses;
    }
}
