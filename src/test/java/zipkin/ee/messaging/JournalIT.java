package zipkin.ee.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import zipkin.ee.testing.Await;
import zipkin.ee.testing.WildFlyServer;
import zipkin.ee.testing.ZipkinEeServer;
import zipkin.ee.testing.ZipkinHttp;
import zipkin.ee.testing.broker.RedeployedZipkin;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * COLLECTOR_HTTP_JOURNAL=jms on a server that nothing happens to; {@link StorageOutageIT} proves
 * that nothing is lost otherwise.
 */
@Tag("wildfly")
@ResourceLock(RedeployedZipkin.LOCK)
class JournalIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void messages_areDecodedSampledAndCountedOnce() {
        ZipkinHttp zipkin = new ZipkinHttp(
                journaling(Map.of("COLLECTOR_SAMPLE_RATE", "0.5")).uri());
        // Sampling keeps the traces whose ids are small.
        Span kept = SpanStream.trace(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE / 2))
                .get(0);
        Span dropped = SpanStream.trace(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE))
                .get(0);

        assertThat(post(zipkin, SpanBytesEncoder.JSON_V2.encodeList(List.of(kept, dropped))))
                .isEqualTo(202);
        assertThat(post(zipkin, SpanBytesEncoder.JSON_V2.encodeList(List.of(dropped))))
                .isEqualTo(202);
        assertThat(post(zipkin, "[{\"traceId\":\"no hex\",\"id\":\"1\"}]".getBytes(UTF_8)))
                .isEqualTo(400);

        assertThat(zipkin.awaitTrace(kept.traceId(), 1)).containsExactly(kept);
        assertThat(zipkin.trace(dropped.traceId())).isEmpty();
        assertThat(zipkin.counter("messages", "http")).isEqualTo(3);
        assertThat(zipkin.counter("messages_dropped", "http")).isEqualTo(1);
        assertThat(zipkin.counter("spans", "http")).isEqualTo(3);
        assertThat(zipkin.counter("spans_dropped", "http")).isEqualTo(2);
        assertThat(zipkin.get("/metrics").body()).doesNotContain("journal");
    }

    @Test
    void fullJournal_isAnswered503_untilThereIsRoom() {
        WildFlyServer server = journaling(Map.of()).asWildFly();
        ZipkinHttp zipkin = new ZipkinHttp(server.uri());
        String bean = "/deployment=zipkin.war/subsystem=ejb3/message-driven-bean=Journal:";
        String setting =
                "/subsystem=messaging-activemq/server=default/address-setting=jms.queue.zipkin-journal:write-attribute";
        server.cli("--commands=" + bean + "stop-delivery," + setting + "(name=max-size-bytes,value=100000)," + setting
                + "(name=address-full-policy,value=FAIL)");

        List<Span> taken = new ArrayList<>();
        Span next = SpanStream.span();
        HttpResponse<String> answer = answer(zipkin, next);
        while (answer.statusCode() == 202 && taken.size() < 1000) {
            taken.add(next);
            next = SpanStream.span();
            answer = answer(zipkin, next);
        }
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        Await.value(
                "/health",
                LIMIT,
                () -> zipkin.get("/health").body(),
                health -> health.contains("The journal does not take spans"));

        server.cli("--command=" + bean + "start-delivery");
        assertThat(taken).isNotEmpty();
        taken.forEach(span -> assertThat(zipkin.awaitTrace(span.traceId(), 1)).containsExactly(span));
        Span later = SpanStream.span();
        Await.value("room", LIMIT, () -> answer(zipkin, later).statusCode(), status -> status == 202);
        assertThat(zipkin.awaitTrace(later.traceId(), 1)).containsExactly(later);
        server.cli("--commands=" + setting + "(name=max-size-bytes,value=67108864)," + setting
                + "(name=address-full-policy,value=PAGE)");
    }

    private static ZipkinEeServer journaling(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("COLLECTOR_HTTP_JOURNAL", "jms");
        return RedeployedZipkin.with(all);
    }

    private static HttpResponse<String> answer(ZipkinHttp zipkin, Span span) {
        return zipkin.post("/api/v2/spans", "application/json", SpanBytesEncoder.JSON_V2.encodeList(List.of(span)));
    }

    private static int post(ZipkinHttp zipkin, byte[] body) {
        return zipkin.post("/api/v2/spans", "application/json", body).statusCode();
    }
}
