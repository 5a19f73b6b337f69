package zipkin.ee.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;

/**
 * A storage from outside is selected by its name; while it stalls or fails, clients get 503, and
 * nothing is lost silently.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StalledStorageIT {
    private static final int CONCURRENCY = 1;
    private static final int QUEUE_SIZE = 2;
    private static final int QUEUE_BYTES = 1 << 20;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private Path orders;
    private WildFlyServer server;
    private ZipkinHttp zipkin;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        orders = Files.writeString(folder.resolve("orders"), "store");
        Path war = folder.resolve("zipkin.war");
        ShrinkWrap.createFromZipFile(WebArchive.class, ZipkinEeServer.war().toFile())
                .addClass(StalledStorageFactory.class)
                .as(ZipExporter.class)
                .exportTo(war.toFile());
        server = WildFlyServer.launchUntouched(
                        Map.of(
                                "STORAGE_TYPE", "stalled",
                                "STALLED_STORAGE_FILE", orders.toString(),
                                "COLLECTOR_CONCURRENCY", Integer.toString(CONCURRENCY),
                                "COLLECTOR_QUEUE_SIZE", Integer.toString(QUEUE_SIZE),
                                "COLLECTOR_QUEUE_MAX_BYTES", Integer.toString(QUEUE_BYTES)),
                        war)
                .awaitHealthy();
        zipkin = new ZipkinHttp(server.uri());
    }

    @AfterAll
    void stop() {
        server.close();
        clients.shutdownNow();
    }

    @BeforeEach
    void order() throws IOException {
        order("store");
    }

    @Test
    void post_whileTheQueueIsFull_is503AndWhatWasTakenIsStored() throws IOException {
        order("stall");
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 1; i <= CONCURRENCY + QUEUE_SIZE; i++) {
            String traceId = Integer.toString(i);
            waiting.add(CompletableFuture.supplyAsync(() -> post(traceId), clients));
            // One after the other: the queue has no place for all of them, should the writer be
            // late for the first.
            awaitWrites(Math.min(i, CONCURRENCY), Math.max(0, i - CONCURRENCY));
        }
        HttpResponse<String> refused = post("99");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("The queue of the storage is full. Try again later.");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(zipkin.get("/api/v2/services").statusCode()).isEqualTo(200);
        assertThat(zipkin.get("/health").statusCode()).isEqualTo(200);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        order("store");

        assertThat(waiting)
                .allSatisfy(response -> assertThat(response.join().statusCode()).isEqualTo(202));
        for (int i = 1; i <= CONCURRENCY + QUEUE_SIZE; i++) {
            assertThat(zipkin.trace(Integer.toString(i))).hasSize(1);
        }
        assertThat(zipkin.trace("99")).isEmpty();
    }

    /** Two are fewer messages than the queue has places for. */
    @Test
    void post_whileTheQueueHoldsAsManyBytesAsItMay_is503AndWorksAfterwards() throws IOException {
        order("stall");
        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> post("b1", "x".repeat(600_000)), clients);
        awaitWrites(1, 0);

        HttpResponse<String> refused = post("b2", "x".repeat(600_000));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(waiting).isNotDone();

        order("store");

        assertThat(waiting.join().statusCode()).isEqualTo(202);
        assertThat(post("b2", "x".repeat(600_000)).statusCode()).isEqualTo(202);
        assertThat(zipkin.trace("b1")).hasSize(1);
        assertThat(zipkin.trace("b2")).hasSize(1);
    }

    @Test
    void post_whileTheStorageFails_is503AndWorksAfterwards() throws IOException {
        order("fail");
        HttpResponse<String> refused = post("a1");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo("Cannot store the spans now. Try again later.");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(server.log())
                .contains("The storage stalled does not work; senders are asked to try again later: ordered to fail");
        HttpResponse<String> down =
                Await.value("health", () -> zipkin.get("/health"), answer -> answer.statusCode() == 503);
        assertThat(down.body())
                .contains("It failed unexpectedly. The log has the reason.")
                .doesNotContain("ordered");
        assertThat(zipkin.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(zipkin.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(zipkin.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(zipkin.get("/actuator/health/liveness").body()).isEqualTo("{\n  \"status\" : \"UP\"\n}");

        order("store");
        assertThat(post("a1").statusCode()).isEqualTo(202);
        assertThat(zipkin.trace("a1")).hasSize(1);
        Await.value("health", () -> zipkin.get("/health").statusCode(), status -> status == 200);
        assertThat(zipkin.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.log()).contains("The storage stalled works again after ");
    }

    private void order(String order) throws IOException {
        Files.writeString(orders, order);
    }

    private HttpResponse<String> post(String traceId) {
        return post(traceId, "v");
    }

    private HttpResponse<String> post(String traceId, String value) {
        String body = "[{\"traceId\":\"" + traceId + "\",\"id\":\"1\",\"tags\":{\"k\":\"" + value + "\"}}]";
        return zipkin.post("/api/v2/spans", "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitWrites(int running, int queued) {
        Await.value(
                "the message in the storage or in its queue",
                () -> zipkin.get("/metrics").body(),
                metrics -> metrics.contains("zipkin_storage.throttle.concurrency\" : " + running + ".0")
                        && metrics.contains("zipkin_storage.throttle.queue_size\" : " + queued + ".0"));
    }
}
