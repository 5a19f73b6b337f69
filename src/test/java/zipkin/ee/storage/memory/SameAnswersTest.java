package zipkin.ee.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.hostile.Fuzzing;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.QueryRequest;

/**
 * Random writes to our storage in memory and to zipkin2's, and after each of them the same queries
 * to both: every answer is the same, evictions included, but for the order of names that come first
 * in one message.
 */
class SameAnswersTest {
    /** Enough for more spans than 2,000, so that all bounds but the last evict. */
    private static final int WRITES = Math.max(200, Fuzzing.MUTATIONS / 250);

    private static final long NOW_MILLIS = 1_700_000_000_000L;
    private static final List<String> KEYS = List.of("a", "http.path", "error", "ünicode");
    private static final List<Span.Kind> KINDS = List.of(Span.Kind.values());
    private static final List<String> SERVICES = List.of("front", "back", "db", "größe");

    private final Random random = new Random(20261129);

    @ParameterizedTest
    @CsvSource({"true,40", "false,40", "true,500", "false,500", "true,2000", "true,100000"})
    void randomWritesAndQueries_areAnsweredAsByZipkin2(boolean strictTraceId, int maxSpans) throws IOException {
        StorageSettings settings =
                new StorageSettings("mem", List.of(), strictTraceId, true, KEYS, Duration.ofHours(1));
        MemoryStorage ours = new MemoryStorage(settings, new MemorySettings(maxSpans, 1L << 30));
        InMemoryStorage theirs = InMemoryStorage.newBuilder()
                .strictTraceId(strictTraceId)
                .autocompleteKeys(KEYS)
                .maxSpanCount(maxSpans)
                .build();
        List<Span> stored = new ArrayList<>();
        int answers = 0;
        for (int write = 0; write < WRITES; write++) {
            List<Span> message = message(stored, maxSpans);
            stored.addAll(message);
            ours.spanConsumer().accept(message).execute();
            theirs.accept(message).execute();
            for (int query = 0; query < 5; query++) {
                QueryRequest request = request();
                List<List<Span>> expected = theirs.getTraces(request).execute();
                answers += expected.isEmpty() ? 0 : 1;
                assertThat(ours.spanStore().getTraces(request).execute())
                        .as("write %s, %s", write, request)
                        .isEqualTo(expected);
            }
            compareRest(ours, theirs, stored);
        }
        assertThat(answers).as("queries with answers").isGreaterThan(100);
    }

    private void compareRest(MemoryStorage ours, InMemoryStorage theirs, List<Span> stored) throws IOException {
        assertThat(ours.getServiceNames().execute())
                .isEqualTo(theirs.getServiceNames().execute());
        String service = SERVICES.get(random.nextInt(SERVICES.size()));
        assertThat(ours.getSpanNames(service).execute())
                .containsExactlyInAnyOrderElementsOf(
                        theirs.getSpanNames(service).execute());
        assertThat(ours.getRemoteServiceNames(service).execute())
                .containsExactlyInAnyOrderElementsOf(
                        theirs.getRemoteServiceNames(service).execute());
        String key = KEYS.get(random.nextInt(KEYS.size()));
        assertThat(ours.getKeys().execute()).isEqualTo(theirs.getKeys().execute());
        assertThat(ours.getValues(key).execute())
                .containsExactlyInAnyOrderElementsOf(theirs.getValues(key).execute());
        String traceId = stored.get(random.nextInt(stored.size())).traceId();
        assertThat(ours.getTrace(traceId).execute())
                .isEqualTo(theirs.getTrace(traceId).execute());
        List<String> some =
                List.of(traceId, stored.get(random.nextInt(stored.size())).traceId(), "abc");
        assertThat(ours.getTraces(some).execute())
                .isEqualTo(theirs.getTraces(some).execute());
        if (random.nextInt(4) == 0) {
            ours.linkTraces();
            assertThat(ours.linkTraces()).as("traces linked again").isZero();
        }
        long endTs = NOW_MILLIS + random.nextInt(100_000);
        long lookback = 1L + random.nextInt(100_000);
        assertThat(ours.spanStore().getDependencies(endTs, lookback).execute())
                .isEqualTo(theirs.getDependencies(endTs, lookback).execute());
    }

    private List<Span> message(List<Span> stored, int maxSpans) {
        List<Span> message = new ArrayList<>();
        int size = 1 + random.nextInt(random.nextInt(10) == 0 ? Math.min(200, maxSpans) : 10);
        while (message.size() < size) {
            if (!stored.isEmpty() && random.nextInt(8) == 0) {
                message.add(stored.get(random.nextInt(stored.size()))); // reported again
            } else {
                message.add(span(stored));
            }
        }
        return message;
    }

    private Span span(List<Span> stored) {
        Span.Builder span = Span.newBuilder().id(1 + random.nextInt(1000));
        int kind = random.nextInt(10);
        if (kind < 5 || stored.isEmpty()) {
            span.traceId(random.nextInt(3) == 0 ? random.nextInt(3) : 0, 1 + random.nextInt(2000));
        } else {
            Span other = stored.get(Math.max(0, stored.size() - 1 - random.nextInt(50)));
            String low = other.traceId().substring(Math.max(0, other.traceId().length() - 16));
            span.traceId(random.nextInt(5) == 0 ? "000000000000000a" + low : other.traceId());
            span.parentId(other.id());
        }
        if (random.nextInt(200) == 0) {
            span.traceId("000" + "0000000000000" + Long.toHexString(1 + random.nextInt(100)) + "a");
        }
        if (random.nextInt(200) == 0) {
            span.id("000000000000000");
        }
        if (random.nextInt(10) != 0) {
            span.timestamp(NOW_MILLIS * 1000 + random.nextInt(100_000_000));
        }
        if (random.nextInt(5) != 0) {
            span.duration(1 + (long) (1 << random.nextInt(20)) + random.nextInt(10));
        }
        if (random.nextInt(4) != 0) {
            span.kind(KINDS.get(random.nextInt(KINDS.size())));
        }
        if (random.nextInt(5) != 0) {
            span.name("name" + random.nextInt(6));
        }
        if (random.nextInt(6) != 0) {
            span.localEndpoint(endpoint());
        }
        if (random.nextInt(3) == 0) {
            span.remoteEndpoint(endpoint());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            span.putTag(KEYS.get(random.nextInt(KEYS.size())), random.nextInt(4) == 0 ? "" : "v" + random.nextInt(5));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            span.addAnnotation(
                    NOW_MILLIS * 1000 + random.nextInt(10),
                    random.nextBoolean() ? "error" : "note" + random.nextInt(3));
        }
        switch (random.nextInt(8)) {
            case 0 -> span.shared(true);
            case 1 -> span.shared(false).debug(true);
            case 2 -> span.debug(false);
            default -> {}
        }
        return span.build();
    }

    private Endpoint endpoint() {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        if (random.nextInt(10) != 0) {
            endpoint.serviceName(SERVICES.get(random.nextInt(SERVICES.size())));
        }
        if (random.nextInt(3) == 0) {
            endpoint.ip("10.0.0." + random.nextInt(4)).port(80 + random.nextInt(2));
        }
        return endpoint.build();
    }

    private QueryRequest request() {
        QueryRequest.Builder request = QueryRequest.newBuilder()
                .endTs(NOW_MILLIS + 1 + random.nextInt(110_000))
                .lookback(1 + random.nextInt(random.nextInt(4) == 0 ? 1000 : 120_000))
                .limit(1 + random.nextInt(random.nextBoolean() ? 3 : 50));
        if (random.nextInt(3) != 0) {
            request.serviceName(SERVICES.get(random.nextInt(SERVICES.size())));
        }
        if (random.nextInt(4) == 0) {
            request.spanName("name" + random.nextInt(7));
        }
        if (random.nextInt(5) == 0) {
            request.remoteServiceName(SERVICES.get(random.nextInt(SERVICES.size())));
        }
        if (random.nextInt(3) == 0) {
            List<String> terms = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                String key = random.nextInt(4) == 0 ? "note1" : KEYS.get(random.nextInt(KEYS.size()));
                terms.add(random.nextBoolean() ? key : key + "=v" + random.nextInt(6));
            }
            request.parseAnnotationQuery(String.join(" and ", terms));
        }
        if (random.nextInt(4) == 0) {
            long min = 1L + random.nextInt(600_000);
            request.minDuration(min);
            if (random.nextBoolean()) {
                request.maxDuration(min + random.nextInt(600_000));
            }
        }
        return request.build();
    }
}
