package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static zipkin.ee.codec.otlp.OtlpMessages.START_NANOS;
import static zipkin.ee.codec.otlp.OtlpMessages.array;
import static zipkin.ee.codec.otlp.OtlpMessages.attribute;
import static zipkin.ee.codec.otlp.OtlpMessages.id;
import static zipkin.ee.codec.otlp.OtlpMessages.map;
import static zipkin.ee.codec.otlp.OtlpMessages.request;
import static zipkin.ee.codec.otlp.OtlpMessages.resource;
import static zipkin.ee.codec.otlp.OtlpMessages.span;
import static zipkin.ee.codec.otlp.OtlpMessages.text;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zipkin.ee.codec.SpanColumns;

/** Which messages are read into columns. That these have the right spans, OtlpMessages asserts. */
class OtlpColumnsTest {
    private final OtlpReader reader = new OtlpReader(OtlpMapping.defaults());

    private boolean isUsual(ExportTraceServiceRequest request) {
        return isUsual(request.toByteArray());
    }

    private boolean isUsual(byte[] body) {
        return OtlpMessages.expectColumns(body, reader, reader.readProtobuf(body, bytes -> {}));
    }

    @Test
    void message_asExportersWriteIt_isUsual() {
        Span.Builder client = span().setParentSpanId(id("00f067aa0ba902b7"))
                .setName("GET /Items")
                .setKindValue(3)
                .setEndTimeUnixNano(START_NANOS + 5_000_000)
                .setTraceState("vendor=1")
                .setFlags(0x101)
                .addAttributes(attribute("server.address", "items.shop.svc"))
                .addAttributes(attribute("server.port", 8080))
                .addAttributes(attribute("network.peer.address", "10.2.3.4"))
                .addAttributes(attribute("http.response.status_code", 503))
                .addAttributes(attribute("error.type", "503"))
                .addAttributes(attribute("http.retry", true))
                .addAttributes(attribute(
                        "ratio", AnyValue.newBuilder().setDoubleValue(0.5).build()))
                .addAttributes(attribute("header", array(text("a"), text("b\"c"))))
                .addAttributes(attribute("name", "Zoë"))
                .addEvents(Span.Event.newBuilder()
                        .setTimeUnixNano(START_NANOS + 1_000)
                        .setName("retry"))
                .addEvents(Span.Event.newBuilder()
                        .setTimeUnixNano(START_NANOS + 2_000)
                        .setName("exception")
                        .addAttributes(attribute("exception.stacktrace", "a\n\tat b")))
                .addLinks(
                        Span.Link.newBuilder().setTraceId(OtlpMessages.TRACE_ID).setSpanId(OtlpMessages.SPAN_ID))
                .setStatus(Status.newBuilder().setCodeValue(2));
        ScopeSpans.Builder scope = ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("io.netty").setVersion("4.1"))
                .addSpans(client)
                .addSpans(span().setKindValue(2).addAttributes(attribute("client.address", "10.0.0.9")))
                .addSpans(span().setKindValue(1).setDroppedAttributesCount(3));
        assertThat(isUsual(request(
                        resource(attribute("service.name", "Shop"), attribute("process.pid", 42)), scope, scope)))
                .isTrue();
    }

    @Test
    void key_thatResourceScopeAndSpanHave_hasTheLastValue() {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder()
                .setScope(InstrumentationScope.newBuilder().addAttributes(attribute("k", "of the scope")))
                .addSpans(span())
                .addSpans(span().addAttributes(attribute("k", "first")).addAttributes(attribute("k", "last")))
                .addSpans(span());
        ExportTraceServiceRequest request = request(resource(attribute("k", "of the resource")), scope);
        assertThat(isUsual(request)).isTrue();
        assertThat(OtlpMessages.read(request).spans())
                .extracting(span -> span.tags().get("k"))
                .containsExactly("of the scope", "last", "of the scope");
    }

    @Test
    void error_thatIsAFlag_isUsual() {
        for (int status = 0; status < 3; status++) {
            for (String error : List.of("true", "false", "", "why")) {
                assertThat(isUsual(request(span().addAttributes(attribute("error", error))
                                .setStatus(
                                        Status.newBuilder().setCodeValue(status).setMessage("because")))))
                        .isTrue();
            }
        }
    }

    @Test
    void value_beforeItsKey_keepsItsType() {
        byte[] attribute = OtlpProtobufTest.join(
                OtlpProtobufTest.field(2, array(text("a")).toByteArray()),
                OtlpProtobufTest.field(1, "peer.service".getBytes(UTF_8)));
        byte[] span = OtlpProtobufTest.join(
                span().setKindValue(3).build().toByteArray(), OtlpProtobufTest.field(9, attribute));
        assertThat(isUsual(OtlpProtobufTest.field(1, OtlpProtobufTest.field(2, OtlpProtobufTest.field(2, span)))))
                .isTrue();
    }

    @Test
    void messages_atRandom_areUsualUnlessASpanIsRefused() {
        RandomMessages messages = new RandomMessages(5);
        int usual = 0;
        int whole = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] body = messages.next().toByteArray();
            OtlpTraces traces = reader.readProtobuf(body, bytes -> {});
            usual += OtlpMessages.expectColumns(body, reader, traces) ? 1 : 0;
            whole += traces.refused() == 0 ? 1 : 0;
        }
        assertThat(usual).isBetween(whole * 7 / 10, whole);
    }

    @Test
    void attributes_ofAResource_areThereOnce() {
        int spans = 1_000;
        String value = "v".repeat(10_000);
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        IntStream.range(0, spans).forEach(i -> scope.addSpans(span()));
        byte[] body = request(resource(attribute("k", value)), scope).toByteArray();
        SpanColumns columns = new SpanColumns();
        List<Long> totals = new ArrayList<>();
        assertThat(reader.readColumns(body, columns, totals::add)).isTrue();
        assertThat(IntStream.range(0, spans).map(columns::firstTag).map(columns::tagValue))
                .hasSize(spans)
                .containsOnly(columns.tagValue(0));
        // What they become is counted.
        assertThat(totals).isSorted();
        assertThat(totals.get(totals.size() - 1)).isBetween(10_000L * spans, 11_000L * spans);
    }

    @Test
    void room_thatIsNotThere_endsReading() {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        IntStream.range(0, 1_000).forEach(i -> scope.addSpans(span()));
        byte[] body =
                request(resource(attribute("k", "v".repeat(100_000))), scope).toByteArray();
        List<Long> totals = new ArrayList<>();
        assertThatThrownBy(() -> reader.readColumns(body, new SpanColumns(), total -> {
                    totals.add(total);
                    if (total > 1_000_000) {
                        throw new IllegalStateException("no room");
                    }
                }))
                .hasMessage("no room");
        assertThat(totals.get(totals.size() - 1)).isLessThan(1_200_000);
    }

    @Test
    void messages_withWhatHasToBeMergedOrRefused_areNotUsual() {
        KeyValue twice = KeyValue.newBuilder()
                .setKey("k")
                .setValue(map(attribute("a", 1)))
                .build();
        byte[] merged = OtlpProtobufTest.join(
                twice.toByteArray(),
                twice.toBuilder()
                        .clearKey()
                        .setValue(map(attribute("b", 2)))
                        .build()
                        .toByteArray());
        byte[] span = OtlpProtobufTest.join(span().build().toByteArray(), OtlpProtobufTest.field(9, merged));
        assertThat(isUsual(OtlpProtobufTest.field(1, OtlpProtobufTest.field(2, OtlpProtobufTest.field(2, span)))))
                .isFalse();

        Span.Event event = Span.Event.newBuilder()
                .setTimeUnixNano(START_NANOS)
                .setName("again")
                .build();
        assertThat(isUsual(request(span().addEvents(event).addEvents(event)))).isFalse();
        assertThat(isUsual(request(span(), span().setSpanId(id("0000000000000000")))))
                .isFalse();
        assertThat(isUsual(request(span().setTraceId(id("0af7651916cd43dd"))))).isFalse();
        assertThat(isUsual(request(
                        resource(attribute("error", "x")),
                        ScopeSpans.newBuilder().addSpans(span()))))
                .isFalse();
        Span.Builder many = span();
        IntStream.range(0, 300).forEach(i -> many.addAttributes(attribute("k" + i, i)));
        assertThat(isUsual(request(many))).isFalse();
        assertThat(OtlpMessages.read(many).tags()).hasSize(300);
    }
}
