package zipkin.ee.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import zipkin.ee.codec.DecodedSpans;
import zipkin.ee.codec.Encoding;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.SpanReader;
import zipkin.ee.codec.otlp.OtlpMapping;
import zipkin.ee.codec.otlp.OtlpReader;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.memory.MemorySettings;
import zipkin.ee.storage.memory.MemoryStorage;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.storage.InMemoryStorage;

/**
 * What a span of a message of a hundred costs in time and garbage: read, and read and stored in a
 * store that is at its cap, by Zipkin EE and by zipkin2.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class MessageBenchmark {
    private static final int SPANS = 100;
    private static final int MAX_SPANS = 200_000;

    @Param({"JSON_V2", "PROTO3", "THRIFT", "OTLP", "OTLP_AS_PROTO3"})
    public String format = "";

    /** Each thread's own. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls setUp
    public static class Messages {
        private Bodies bodies;

        @Setup
        public void setUp(MessageBenchmark benchmark) {
            bodies = new Bodies(Format.valueOf(benchmark.format));
        }

        byte[] next() {
            return bodies.get();
        }
    }

    private final SpanReader reader = new SpanReader();
    private final JsonFactory jackson = new JsonFactory();
    private final MemoryStorage ours = new MemoryStorage(
            new StorageSettings("mem", List.of(), true, true, List.of(), Duration.ofHours(1)),
            new MemorySettings(MAX_SPANS, 1L << 30));
    private final InMemoryStorage theirs =
            InMemoryStorage.newBuilder().maxSpanCount(MAX_SPANS).build();
    private final OtlpReader otlp = new OtlpReader(OtlpMapping.defaults());
    /** Null for OTLP. */
    private @Nullable Encoding encoding;

    private Function<byte[], List<Span>> objects;

    @Setup
    public void setUp() {
        if (Format.valueOf(format) == Format.OTLP) {
            objects = message -> otlp.readProtobuf(message, bytes -> {}).spans();
            List<Span> expected = SpanBytesDecoder.PROTO3.decodeList(new Bodies(Format.OTLP_AS_PROTO3).get());
            expectEqual(withoutIdsAndTimes(expected), withoutIdsAndTimes(asSpans(new Bodies(Format.OTLP).get())));
        } else {
            String name = format.replace("OTLP_AS_", "");
            encoding = Encoding.valueOf(name);
            objects = SpanBytesDecoder.valueOf(name)::decodeList;
        }
    }

    private static void expectEqual(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException("Expected " + expected + " but read " + actual);
        }
    }

    /** What two messages with traces of their own have in common. */
    private static List<String> withoutIdsAndTimes(List<Span> spans) {
        return spans.stream()
                .map(span -> span.kind() + " " + span.name() + " " + span.duration() + " " + span.localEndpoint() + " "
                        + span.remoteEndpoint() + " " + span.tags() + " " + span.id())
                .sorted() // OTLP has the spans of a service together
                .toList();
    }

    private <T> T columns(byte[] message, Function<SpanColumns, T> use) {
        return encoding == null
                ? readOtlp(message, spans -> use.apply(spans.toColumns()))
                : reader.readColumns(message, encoding, use);
    }

    private List<Span> asSpans(byte[] message) {
        return encoding == null ? readOtlp(message, DecodedSpans::toSpans) : reader.read(message, encoding);
    }

    private <T> T readOtlp(byte[] message, Function<DecodedSpans, T> use) {
        return reader.read(message, columns -> readOtlp(message, columns), bytes -> {}, use);
    }

    private @Nullable List<Span> readOtlp(byte[] message, SpanColumns columns) {
        if (!otlp.readColumns(message, columns, bytes -> {})) {
            throw new IllegalStateException("The message is not usual");
        }
        return null;
    }

    /** What the others have in common: a new message. */
    @Benchmark
    @OperationsPerInvocation(SPANS)
    public byte[] message(Messages messages) {
        return messages.next();
    }

    @Benchmark
    @OperationsPerInvocation(SPANS)
    public int read(Messages messages) {
        return columns(messages.next(), SpanColumns::size);
    }

    @Benchmark
    @OperationsPerInvocation(SPANS)
    public List<Span> readAsSpans(Messages messages) {
        return asSpans(messages.next());
    }

    /** OTLP by our reader of unusual messages. */
    @Benchmark
    @OperationsPerInvocation(SPANS)
    public List<Span> readByZipkin2(Messages messages) {
        return objects.apply(messages.next());
    }

    /** The floor for JSON. */
    @Benchmark
    @OperationsPerInvocation(SPANS)
    public int walkByJackson(Messages messages) throws IOException {
        int tokens = 0;
        if (encoding == Encoding.JSON_V2) {
            try (JsonParser parser = jackson.createParser(messages.next())) {
                while (parser.nextToken() != null) {
                    tokens++;
                }
            }
        }
        return tokens;
    }

    @Benchmark
    @OperationsPerInvocation(SPANS)
    public int store(Messages messages) {
        return columns(messages.next(), spans -> {
            ours.accept(spans);
            return spans.size();
        });
    }

    @Benchmark
    @OperationsPerInvocation(SPANS)
    public void storeByZipkin2(Messages messages) throws IOException {
        theirs.accept(objects.apply(messages.next())).execute();
    }
}
