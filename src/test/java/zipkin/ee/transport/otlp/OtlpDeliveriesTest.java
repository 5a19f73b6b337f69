package zipkin.ee.transport.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin.ee.ZipkinSettings;
import zipkin.ee.collect.Collector;
import zipkin.ee.collect.Delivery;
import zipkin.ee.collect.Outcome;
import zipkin.ee.collect.TransportCounters;
import zipkin.ee.collect.Unbounded;
import zipkin.ee.config.CollectorSettings;
import zipkin2.codec.SpanBytesEncoder;
import zipkin2.storage.ForwardingStorageComponent;
import zipkin2.storage.InMemoryStorage;
import zipkin2.storage.SpanConsumer;
import zipkin2.storage.StorageComponent;

/** What brokers' messages are read as, by their topic or queue and by their shape. */
class OtlpDeliveriesTest {
    private static final String TRACE_ID = "463ac35c9f6413ad48485a3953bb6124";
    private static final String SPAN_ID = "a2fb4a1d1a96d312";
    private static final byte[] PROTOBUF = request(span(SPAN_ID));
    private static final String JSON = """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s"}]}]}]}\
        """.formatted(TRACE_ID, SPAN_ID);
    private static final byte[] ZIPKIN = SpanBytesEncoder.PROTO3.encodeList(
            List.of(zipkin2.Span.newBuilder().traceId(TRACE_ID).id(SPAN_ID).build()));

    private final OtlpDeliveries deliveries =
            new OtlpDeliveries(ZipkinSettings.read(name -> null).otlp());
    private final TransportCounters counters = new TransportCounters("kafka", true);
    private final InMemoryStorage memory = InMemoryStorage.newBuilder().build();
    private boolean full;

    @Test
    void otlp_inProtobuf_isStored() {
        assertThat(accept(deliveries.otlp(PROTOBUF, counters))).isEqualTo(new Outcome.Stored());
        assertStored();
        assertThat(counters.bytes()).isEqualTo(PROTOBUF.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r\n\t", "\ufeff"})
    void otlp_inJson_isStored_behindSpaceToo(String before) {
        assertThat(accept(deliveries.otlp((before + JSON).getBytes(UTF_8), counters)))
                .isEqualTo(new Outcome.Stored());
        assertStored();
    }

    /** A line feed and a brace: a resource of 123 bytes in protobuf, as well as JSON. */
    @Test
    void otlp_inProtobufThatBeginsLikeJson_isStored() {
        byte[] message = PROTOBUF;
        for (int i = 0; message[1] != '{'; i++) {
            message = ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(ResourceSpans.newBuilder()
                            .setResource(Resource.getDefaultInstance())
                            .addScopeSpans(ScopeSpans.newBuilder().addSpans(span(SPAN_ID)))
                            .setSchemaUrl("s".repeat(i)))
                    .build()
                    .toByteArray();
        }
        assertThat(new String(message, UTF_8)).startsWith("\n{\n");

        assertThat(accept(deliveries.otlp(message, counters))).isEqualTo(new Outcome.Stored());
        assertStored();
    }

    @Test
    void otlp_emptyMessage_andEmptyObject_areRequestsWithoutSpans() {
        assertThat(accept(deliveries.otlp(new byte[0], counters))).isEqualTo(new Outcome.Stored());
        assertThat(accept(deliveries.otlp("{}".getBytes(UTF_8), counters))).isEqualTo(new Outcome.Stored());
        assertThat(counters.messages()).isEqualTo(2);
        assertThat(counters.messagesDropped()).isZero();
    }

    @Test
    void otlp_malformed_isDropped_withPlaceAndReason() {
        assertThat(reason(deliveries.otlp("{\"resourceSpans\":7}".getBytes(UTF_8), counters)))
                .contains("at character 17 reading OTLP from JSON");
        assertThat(reason(deliveries.otlp(new byte[] {10, 5, 1}, counters))).contains("reading OTLP from protobuf");
        assertThat(counters.messagesDropped()).isEqualTo(2);
        assertThat(counters.spans()).isZero();
    }

    @Test
    void otlp_oneBadSpanOfThree_isCounted_andTheOthersAreStored() {
        byte[] message = request(span(SPAN_ID), span("00"), span("b2fb4a1d1a96d313"));

        assertThat(accept(deliveries.otlp(message, counters))).isEqualTo(new Outcome.Stored());

        assertThat(memory.getTraces()).singleElement().satisfies(trace -> assertThat(trace)
                .hasSize(2));
        assertThat(counters.spans()).isEqualTo(3);
        assertThat(counters.spansDropped()).isEqualTo(1);
        assertThat(counters.messagesDropped()).isZero();
    }

    @Test
    void otlp_thatComesAgain_countsItsBadSpansOnce() {
        byte[] message = request(span(SPAN_ID), span("00"));
        full = true;
        assertThat(accept(deliveries.otlp(message, counters))).isInstanceOf(Outcome.TryLater.class);
        assertThat(counters.spansDropped()).isZero();

        full = false;
        assertThat(accept(deliveries.otlp(message, counters))).isEqualTo(new Outcome.Stored());
        assertThat(counters.spansDropped()).isEqualTo(1);
    }

    @Test
    void detected_zipkinsLists_andOtlpInJson_areStored() {
        assertThat(accept(deliveries.detected(ZIPKIN, counters))).isEqualTo(new Outcome.Stored());
        assertStored();
        memory.clear();
        assertThat(accept(deliveries.detected(JSON.getBytes(UTF_8), counters))).isEqualTo(new Outcome.Stored());
        assertStored();
    }

    @Test
    void detected_otherObjects_andOtlpInProtobuf_areNotRead() {
        assertThat(reason(deliveries.detected("{\"traceId\":\"1\"}".getBytes(UTF_8), counters)))
                .isEqualTo("Expected json, proto3 or thrift list encoding");
        assertThat(reason(deliveries.detected(PROTOBUF, counters))).isNotEmpty();
    }

    private void assertStored() {
        assertThat(memory.getTraces())
                .singleElement()
                .satisfies(trace -> assertThat(trace).singleElement().satisfies(span -> {
                    assertThat(span.traceId()).isEqualTo(TRACE_ID);
                    assertThat(span.id()).isEqualTo(SPAN_ID);
                }));
    }

    private String reason(Delivery delivery) {
        return ((Outcome.Malformed) accept(delivery)).reason();
    }

    private Outcome accept(Delivery delivery) {
        Duration any = Duration.ofSeconds(5);
        Collector collector = Unbounded.collector(new Filling(), new CollectorSettings(1, 0, 10, 2, any, any));
        return collector.accept(delivery).toCompletableFuture().join();
    }

    private static Span span(String spanId) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(TRACE_ID)))
                .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex(spanId)))
                .build();
    }

    private static byte[] request(Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
                .build()
                .toByteArray();
    }

    /** Storage that is full when the test says so. */
    private final class Filling extends ForwardingStorageComponent {
        @Override
        protected StorageComponent delegate() {
            return memory;
        }

        @Override
        public SpanConsumer spanConsumer() {
            if (full) {
                throw new RejectedExecutionException("full");
            }
            return memory.spanConsumer();
        }
    }
}
