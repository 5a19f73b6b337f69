package zipkin.ee.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.budget.Account;
import zipkin.ee.codec.ColumnsToSpans;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanColumnsConsumer;
import zipkin.ee.config.CollectorSettings;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/**
 * A storage that takes columns is given the spans, and the counts, that another is given as
 * objects.
 */
class FlatSamplingTest {
    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9, 1})
    void accept_keepsTheSameSpansOfColumnsAndOfObjects(double rate) {
        Kept objects = new Kept();
        Kept columns = new KeptColumns();
        TransportCounters ofObjects = new TransportCounters("objects", false);
        TransportCounters ofColumns = new TransportCounters("columns", false);
        for (int message = 0; message < 50; message++) {
            List<Span> spans = new ArrayList<>();
            for (int span = 0; span < 40; span++) {
                spans.add(span());
            }
            byte[] json = SpanBytesEncoder.JSON_V2.encodeList(spans);
            boolean debug = message % 10 == 9;
            Unbounded.collector(objects, settings(rate))
                    .accept(Delivery.encoded(json, Encoding.JSON_V2, ofObjects).with(debug, new Account()));
            Unbounded.collector(columns, settings(rate))
                    .accept(Delivery.encoded(json, Encoding.JSON_V2, ofColumns).with(debug, new Account()));
        }
        assertThat(columns.spans).isEqualTo(objects.spans).hasSizeBetween(200, 2000);
        assertThat(ofColumns.spans()).isEqualTo(ofObjects.spans()).isEqualTo(2000);
        assertThat(ofColumns.spansDropped()).isEqualTo(ofObjects.spansDropped()).isEqualTo(2000 - objects.spans.size());
    }

    @Test
    void accept_ofWhatSamplingDropsWhole_isStoredAndReachesNoStorage() {
        TransportCounters counters = new TransportCounters("columns", false);
        KeptColumns storage = new KeptColumns();
        byte[] json = SpanBytesEncoder.JSON_V2.encodeList(
                List.of(Span.newBuilder().traceId("a").id("b").build()));

        assertThat(Unbounded.collector(storage, settings(0))
                        .accept(Delivery.encoded(json, Encoding.JSON_V2, counters)
                                .with(false, new Account()))
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Outcome.Stored());
        assertThat(storage.calls).isZero();
    }

    private Span span() {
        long id = random.nextLong() | 1;
        Span.Builder span = Span.newBuilder()
                .traceId(
                        random.nextBoolean() ? random.nextLong() : 0,
                        random.nextInt(3) == 0 ? 5 : random.nextLong() | 1)
                .id(id)
                .name("n" + random.nextInt(4));
        if (random.nextInt(8) == 0) {
            span.debug(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            span.localEndpoint(
                    Endpoint.newBuilder().serviceName("s" + random.nextInt(3)).build());
        }
        LinkedHashMap<String, String> tags = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.put("k" + random.nextInt(5), "v" + random.nextInt(9));
        }
        tags.forEach(span::putTag);
        for (int i = random.nextInt(3); i > 0; i--) {
            span.addAnnotation(1000 + random.nextInt(100), "a" + i);
        }
        return span.build();
    }

    private static CollectorSettings settings(double rate) {
        return new CollectorSettings(rate, 0, 10, 2, Duration.ofSeconds(5), Duration.ofSeconds(1));
    }

    private static class Kept extends ForwardingStorageComponent {
        final List<Span> spans = new ArrayList<>();
        private final InMemoryStorage delegate = InMemoryStorage.newBuilder().build();

        @Override
        protected StorageComponent delegate() {
            return delegate;
        }

        @Override
        public SpanConsumer spanConsumer() {
            return accepted -> {
                spans.addAll(accepted);
                return delegate.spanConsumer().accept(accepted);
            };
        }
    }

    private static final class KeptColumns extends Kept implements SpanColumnsConsumer {
        int calls;

        @Override
        public void accept(SpanColumns columns) {
            calls++;
            spans.addAll(ColumnsToSpans.toSpans(columns));
        }
    }
}
