package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.codec.otlp.OtlpMessages.*;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zipkin.ee.codec.MalformedSpansException;

/**
 * What one message costs grows with its size, whatever there is much of in it: sixteen times as
 * much may cost five times sixteen times.
 */
class OtlpGrowthTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int FEW = 2_000;
    private static final int FACTOR = 16;

    /** A linear reader is at 1, a quadratic one at 16. */
    private static final int MARGIN = 5;

    private static final int RUNS = 4;
    private static final long LEAST_NANOS = 1_000_000;

    private final OtlpReader reader = new OtlpReader(OtlpMapping.defaults());

    private record Shape(String name, IntFunction<ExportTraceServiceRequest> request) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                new Shape("spans", n -> {
                    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
                    for (int i = 0; i < n; i++) {
                        scope.addSpans(span().setName("n" + i));
                    }
                    return request(resource(), scope);
                }),
                new Shape("resources", n -> {
                    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
                    for (int i = 0; i < n; i++) {
                        request.addResourceSpans(ResourceSpans.newBuilder()
                                .setResource(resource(attribute("service.name", "s" + i)))
                                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span())));
                    }
                    return request.build();
                }),
                new Shape("scopes without spans", n -> {
                    ResourceSpans.Builder resource = ResourceSpans.newBuilder();
                    for (int i = 0; i < n; i++) {
                        resource.addScopeSpans(ScopeSpans.newBuilder());
                    }
                    return ExportTraceServiceRequest.newBuilder()
                            .addResourceSpans(resource)
                            .build();
                }),
                ofSpan("attributes", (span, i) -> span.addAttributes(attribute("k" + i, "v"))),
                ofSpan("attributes of one key", (span, i) -> span.addAttributes(attribute("k", "v" + i))),
                ofSpan(
                        "events",
                        (span, i) -> span.addEvents(
                                Span.Event.newBuilder().setName("e" + i).setTimeUnixNano(START_NANOS - i * 1_000L))),
                ofSpan(
                        "equal events",
                        (span, i) -> span.addEvents(Span.Event.newBuilder().setName("e"))),
                ofSpan(
                        "links",
                        (span, i) -> span.addLinks(
                                Span.Link.newBuilder().setTraceId(TRACE_ID).setSpanId(SPAN_ID))),
                new Shape("unknown fields", n -> {
                    UnknownFieldSet.Field.Builder unknown = UnknownFieldSet.Field.newBuilder();
                    for (int i = 0; i < n; i++) {
                        unknown.addVarint(i);
                    }
                    return request(span().setUnknownFields(UnknownFieldSet.newBuilder()
                            .addField(1_000, unknown.build())
                            .build()));
                }),
                new Shape("bytes of an id", n -> request(span().setTraceId(ByteString.copyFrom(new byte[10 * n])))),
                new Shape("long name", n -> request(span().setName("N".repeat(10 * n)))),
                new Shape("elements", n -> {
                    ArrayValue.Builder array = ArrayValue.newBuilder();
                    for (int i = 0; i < n; i++) {
                        array.addValues(map(attribute("k" + i, "\u0000")));
                    }
                    return request(span().addAttributes(attribute(
                            "k", AnyValue.newBuilder().setArrayValue(array).build())));
                }),
                new Shape("addresses that are none", n -> {
                    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
                    for (int i = 0; i < n; i++) {
                        scope.addSpans(span().setKindValue(3)
                                .addAttributes(attribute("server.address", "1111:".repeat(50) + i)));
                    }
                    return request(resource(), scope);
                }));
    }

    private static Shape ofSpan(String name, ObjIntConsumer<Span.Builder> more) {
        return new Shape(name, n -> {
            Span.Builder span = span();
            for (int i = 0; i < n; i++) {
                more.accept(span, i);
            }
            return request(span);
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void message_sixteenTimesAsLarge_costsNotMuchMore(Shape shape) {
        ExportTraceServiceRequest few = shape.request.apply(FEW);
        ExportTraceServiceRequest many = shape.request.apply(FEW * FACTOR);
        assertGrowth(few.toByteArray(), many.toByteArray(), body -> reader.readProtobuf(body, bytes -> {}));
        assertGrowth(json(few), json(many), body -> reader.readJson(body, bytes -> {}));
    }

    @FunctionalInterface
    private interface Read {
        OtlpTraces read(byte[] body);
    }

    private static void assertGrowth(byte[] few, byte[] many, Read read) {
        cost(few, read);
        long fewNanos = Math.max(LEAST_NANOS, cost(few, read));
        long manyNanos = cost(many, read);
        assertThat(manyNanos)
                .as("%s bytes took %s ns, %s bytes", few.length, fewNanos, many.length)
                .isLessThan(fewNanos * FACTOR * MARGIN);
    }

    /** The least of some runs, in the thread's own time. */
    private static long cost(byte[] body, Read read) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            try {
                assertThat(read.read(body).refused()).isLessThan(2);
            } catch (MalformedSpansException e) {
                assertThat(e.getMessage()).isNotNull();
            }
            least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
        }
        return least;
    }
}
