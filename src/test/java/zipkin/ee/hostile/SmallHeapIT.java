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

/** Messages that are small on the wire and large in the heap do not fill a heap of 256 MB, nor stop others. */
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

    private List<Integer> post(byte[] body) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < MESSAGES_EACH; i++) {
            statuses.add(client.post(Encoding.JSON_V2, body, "Content-Encoding", "gzip")
                    .status());
        }
        return statuses;
    }
}
