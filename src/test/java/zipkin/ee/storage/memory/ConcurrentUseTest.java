package zipkin.ee.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import zipkin.ee.config.StorageSettings;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.storage.QueryRequest;

/**
 * Writers and readers at the same time, with evictions: what is read is right at every moment, and
 * nothing waits for ever.
 */
class ConcurrentUseTest {
    private static final int MAX_SPANS = 5_000;
    private static final int SPANS_OF_A_TRACE = 4;
    private static final int WRITERS = 3;
    private static final int MESSAGES = 4_000;

    private final MemoryStorage storage = new MemoryStorage(
            new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1)),
            new MemorySettings(MAX_SPANS, 1L << 28));
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong clockMicros = new AtomicLong(1_700_000_000_000_000L);
    private final AtomicLong nextTrace = new AtomicLong(1);

    @Test
    void writersAndReaders_atTheSameTime_readWhatWasWritten() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Void>> writers = start(threads, WRITERS, this::write);
            List<Future<Void>> readers = start(threads, 1, this::readTraces);
            readers.addAll(start(threads, 1, this::search));
            readers.addAll(start(threads, 1, this::link));
            for (Future<Void> writer : writers) {
                writer.get(2, TimeUnit.MINUTES);
            }
            done.set(true);
            for (Future<Void> reader : readers) {
                reader.get(1, TimeUnit.MINUTES);
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        assertThat(storage.spanCount()).isBetween(MAX_SPANS - 100L, (long) MAX_SPANS);
        long last = nextTrace.get() - 1;
        for (long trace = last; trace > last - 500; trace--) {
            assertThat(storage.getTrace(Long.toHexString(trace)).execute()).hasSize(SPANS_OF_A_TRACE);
        }
    }

    private static List<Future<Void>> start(ExecutorService threads, int count, Callable<Void> work) {
        List<Future<Void>> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(threads.submit(work));
        }
        return started;
    }

    /** Half of a trace in one message, half in another. */
    private Void write() throws Exception {
        for (int message = 0; message < MESSAGES; message++) {
            List<Span> first = new ArrayList<>();
            List<Span> second = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long trace = nextTrace.getAndIncrement();
                for (int id = 1; id <= SPANS_OF_A_TRACE; id++) {
                    (id <= SPANS_OF_A_TRACE / 2 ? first : second).add(span(trace, id));
                }
            }
            storage.spanConsumer().accept(first).execute();
            storage.spanConsumer().accept(second).execute();
        }
        return null;
    }

    private Span span(long trace, int id) {
        return Span.newBuilder()
                .traceId(0, trace)
                .id(id)
                .kind(id % 2 == 0 ? Span.Kind.SERVER : Span.Kind.CLIENT)
                .timestamp(clockMicros.addAndGet(50))
                .duration(1 + trace % 1000)
                .localEndpoint(Endpoint.newBuilder().serviceName("s" + id).build())
                .remoteEndpoint(
                        Endpoint.newBuilder().serviceName("s" + (id + 1)).build())
                .putTag("trace", Long.toString(trace))
                .putTag("odd", Boolean.toString(trace % 2 == 1))
                .build();
    }

    private Void readTraces() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        while (!done.get()) {
            long trace = Math.max(1, nextTrace.get() - random.nextInt(1, 2000));
            for (Span span : storage.getTrace(Long.toHexString(trace)).execute()) {
                check(span, trace);
            }
        }
        return null;
    }

    private static void check(Span span, long trace) {
        assertThat(Long.parseUnsignedLong(span.traceId(), 16)).isEqualTo(trace);
        assertThat(span.tags()).containsEntry("trace", Long.toString(trace));
        assertThat(span.localServiceName()).isEqualTo("s" + Long.parseLong(span.id(), 16));
    }

    private Void search() throws Exception {
        long found = 0;
        while (!done.get()) {
            QueryRequest request = QueryRequest.newBuilder()
                    .endTs(clockMicros.get() / 1000 + 1000)
                    .lookback(10_000)
                    .limit(20)
                    .serviceName("s2")
                    .parseAnnotationQuery("odd=true")
                    .build();
            for (List<Span> trace : storage.spanStore().getTraces(request).execute()) {
                found++;
                assertThat(trace).anyMatch(span -> "true".equals(span.tags().get("odd")));
                assertThat(trace).hasSizeBetween(1, SPANS_OF_A_TRACE);
            }
        }
        assertThat(found).isPositive();
        return null;
    }

    private Void link() throws Exception {
        while (!done.get()) {
            storage.spanStore()
                    .getDependencies(clockMicros.get() / 1000 + 1000, 100_000_000)
                    .execute()
                    .forEach(link -> assertThat(link.parent()).startsWith("s"));
            assertThat(storage.getServiceNames().execute()).allMatch(name -> name.startsWith("s"));
        }
        return null;
    }
}
