package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static zipkin.ee.codec.otlp.OtlpMessages.*;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Annotation;
import zipkin2.Endpoint;

class OtlpSpanMapperTest {
    @Test
    void span_withEveryField_isMapped() {
        Span.Builder span = span().setParentSpanId(id("00f067aa0ba902b7"))
                .setTraceState("vendor=1,other=2")
                .setName("GET /Orders")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setEndTimeUnixNano(START_NANOS + 2_000_500)
                .setFlags(0x301)
                .addAttributes(attribute("http.request.method", "GET"))
                .setDroppedAttributesCount(1)
                .setDroppedEventsCount(2)
                .setDroppedLinksCount(-1);

        assertThat(read(span))
                .isEqualTo(zipkin2.Span.newBuilder()
                        .traceId("0af7651916cd43dd8448eb211c80319c")
                        .id("b7ad6b7169203331")
                        .parentId("00f067aa0ba902b7")
                        .name("get /orders")
                        .kind(zipkin2.Span.Kind.SERVER)
                        .timestamp(START_MICROS)
                        .duration(2_001)
                        .localEndpoint(Endpoint.newBuilder()
                                .serviceName("unknown_service")
                                .build())
                        .putTag("http.request.method", "GET")
                        .putTag("otel.dropped_attributes_count", "1")
                        .putTag("otel.dropped_events_count", "2")
                        .putTag("otel.dropped_links_count", "4294967295")
                        .putTag("w3c.tracestate", "vendor=1,other=2")
                        .build());
    }

    @Test
    void span_withIdsAlone_hasNothingElse() {
        assertThat(read(Span.newBuilder().setTraceId(TRACE_ID).setSpanId(SPAN_ID)))
                .isEqualTo(zipkin2.Span.newBuilder()
                        .traceId("0af7651916cd43dd8448eb211c80319c")
                        .id("b7ad6b7169203331")
                        .localEndpoint(Endpoint.newBuilder()
                                .serviceName("unknown_service")
                                .build())
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"0,", "1,", "2,SERVER", "3,CLIENT", "4,PRODUCER", "5,CONSUMER", "6,", "-1,"})
    void kind_ofEachNumber_isZipkinsOrNone(int kind, zipkin2.Span.@Nullable Kind expected) {
        zipkin2.Span span = read(span().setKindValue(kind));
        assertThat(span.kind()).isEqualTo(expected);
        assertThat(span.tags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "0000000000000000", "b7ad6b7169203331", "00f067aa0ba902", "00f067aa0ba902b700"})
    void parentId_thatIsNone_isAbsent(String parentId) {
        assertThat(read(span().setParentSpanId(id(parentId))).parentId()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1999, 1, 1",
        "1999, 2000, 1, 1",
        "1000, 1000, 1, 1",
        "1000, 5999, 1, 4",
        "1000, 999, 1,",
        "2500, 2499, 2,",
        "2000, 1000, 2,",
        "0, 5000,,",
        "999, 5000,,",
        "5000, 0, 5,",
        "-1, -1,,",
        "5000, -1, 5,",
        "9223372036854775807, 9223372036854775807, 9223372036854775, 1"
    })
    void times_ofEachKind_areWholeMicros(
            long startNanos, long endNanos, @Nullable Long timestampMicros, @Nullable Long durationMicros) {
        zipkin2.Span span = read(span().setStartTimeUnixNano(startNanos).setEndTimeUnixNano(endNanos));
        assertThat(span.timestamp()).isEqualTo(timestampMicros);
        assertThat(span.duration()).isEqualTo(durationMicros);
    }

    @Test
    void flags_ofAnyValue_areNeitherDebugNorShared() {
        zipkin2.Span span = read(span().setFlags(-1));
        assertThat(span.debug()).isNull();
        assertThat(span.shared()).isNull();
    }

    @Test
    void events_ofEachForm_areAnnotations() {
        Span.Builder span = span().addEvents(event("Plain"))
                .addEvents(event("exception \"quoted\"")
                        .addAttributes(attribute("exception.type", "a\\b"))
                        .addAttributes(attribute("count", 3))
                        .addAttributes(attribute("", "no key"))
                        .addAttributes(attribute("list", array(text("x"))))
                        .addAttributes(attribute("count", 4)))
                .addEvents(event("dropped").setDroppedAttributesCount(7))
                .addEvents(event("").addAttributes(attribute("k", true)))
                .addEvents(event(""));

        assertThat(read(span).annotations())
                .containsExactly(
                        annotation("\"\":{\"k\":true}"),
                        annotation("\"dropped\":{\"otel.dropped_attributes_count\":7}"),
                        annotation("\"exception \\\"quoted\\\"\":"
                                + "{\"exception.type\":\"a\\\\b\",\"count\":4,\"list\":[\"x\"]}"),
                        annotation("Plain"));
    }

    @Test
    void event_withoutTime_hasTheTimeOfTheSpan() {
        zipkin2.Span span = read(span().addEvents(Span.Event.newBuilder().setName("e")));
        assertThat(span.annotations()).containsExactly(Annotation.create(START_MICROS, "e"));
        assertThat(span.tags()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 999})
    void event_withATimeThatIsNone_hasTheTimeOfTheSpan(long nanos) {
        zipkin2.Span span =
                read(span().addEvents(Span.Event.newBuilder().setName("e").setTimeUnixNano(nanos)));
        assertThat(span.annotations()).containsExactly(Annotation.create(START_MICROS, "e"));
        assertThat(span.tags()).isEmpty();
    }

    @Test
    void events_areInOrderOfTimeAndName_andEqualOnesAreOne() {
        zipkin2.Span span = read(span().addEvents(event("b").setTimeUnixNano(9_000))
                .addEvents(event("c"))
                .addEvents(event("a"))
                .addEvents(event("c").setTimeUnixNano(7_001)));
        assertThat(span.annotations()).containsExactly(annotation("a"), annotation("c"), Annotation.create(9, "b"));
    }

    @Test
    void event_withAnEmptyNameAndDroppedAttributes_isAnAnnotation() {
        assertThat(read(span().addEvents(event("").setDroppedAttributesCount(1)))
                        .annotations())
                .containsExactly(annotation("\"\":{\"otel.dropped_attributes_count\":1}"));
    }

    @Test
    void traceId_ofWhichTheFirstHalfIsZero_isAsLongAsZipkinWritesIt() {
        zipkin2.Span span = read(span().setTraceId(id("0000000000000000463ac35c9f6413ad")));
        assertThat(span.traceId()).isEqualTo(zipkin2.Span.normalizeTraceId("0000000000000000463ac35c9f6413ad"));
    }

    @Test
    void event_withoutAnyTime_isCountedAsDropped() {
        zipkin2.Span span = read(span().clearStartTimeUnixNano()
                .setDroppedEventsCount(2)
                .addEvents(Span.Event.newBuilder().setName("e"))
                .addEvents(Span.Event.newBuilder().setName("late").setTimeUnixNano(5_000)));
        assertThat(span.annotations()).containsExactly(Annotation.create(5, "late"));
        assertThat(span.tags()).containsOnly(entry("otel.dropped_events_count", "3"));
    }

    @Test
    void text_thatIsNotUtf8_hasReplacements() {
        byte[] broken = request(span().setName("a??").addAttributes(attribute("k", "??")))
                .toByteArray();
        for (int i = 0; i < broken.length; i++) {
            broken[i] = broken[i] == '?' ? (byte) 0xff : broken[i];
        }
        zipkin2.Span span = only(new OtlpReader(OtlpMapping.defaults()).readProtobuf(broken, bytes -> {}));
        assertThat(span.name()).isEqualTo("a\ufffd\ufffd");
        assertThat(span.tags()).containsOnly(entry("k", "\ufffd\ufffd"));
        assertThat(ByteString.copyFrom(broken).isValidUtf8()).isFalse();
    }

    private static Span.Event.Builder event(String name) {
        return Span.Event.newBuilder().setName(name).setTimeUnixNano(7_999);
    }

    private static Annotation annotation(String value) {
        return Annotation.create(7, value);
    }
}
