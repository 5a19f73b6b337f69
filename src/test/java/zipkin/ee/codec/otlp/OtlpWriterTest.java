package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.codec.otlp.OtlpMessages.START_MICROS;
import static zipkin.ee.codec.otlp.OtlpMessages.array;
import static zipkin.ee.codec.otlp.OtlpMessages.attribute;
import static zipkin.ee.codec.otlp.OtlpMessages.id;
import static zipkin.ee.codec.otlp.OtlpMessages.map;
import static zipkin.ee.codec.otlp.OtlpMessages.resource;
import static zipkin.ee.codec.otlp.OtlpMessages.text;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Endpoint;

/** What is written is read by OpenTelemetry's own messages. Each test is a row of the mapping. */
class OtlpWriterTest {
    private static final Endpoint SHOP =
            Endpoint.newBuilder().serviceName("shop").ip("10.0.0.1").port(8080).build();
    private static final String LINK_IDS = "0af7651916cd43dd8448eb211c80319c|b7ad6b7169203331|";

    @Test
    void span_withEveryField_isWritten() {
        zipkin2.Span span = span().parentId("00f067aa0ba902b7")
                .name("get /orders")
                .kind(zipkin2.Span.Kind.SERVER)
                .timestamp(START_MICROS)
                .duration(2_001)
                .localEndpoint(SHOP)
                .remoteEndpoint(Endpoint.newBuilder()
                        .serviceName("web")
                        .ip("2001:db8::1")
                        .port(51_000)
                        .build())
                .addAnnotation(START_MICROS + 1, "ready")
                .putTag("http.response.status_code", "200")
                .debug(true)
                .shared(true)
                .build();

        assertThat(write(span))
                .isEqualTo(OtlpMessages.request(
                        resource(attribute("service.name", "shop")),
                        ScopeSpans.newBuilder()
                                .addSpans(Span.newBuilder()
                                        .setTraceId(OtlpMessages.TRACE_ID)
                                        .setSpanId(OtlpMessages.SPAN_ID)
                                        .setParentSpanId(id("00f067aa0ba902b7"))
                                        .setName("get /orders")
                                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                                        .setStartTimeUnixNano(START_MICROS * 1_000)
                                        .setEndTimeUnixNano((START_MICROS + 2_001) * 1_000)
                                        .addAttributes(attribute("http.response.status_code", "200"))
                                        .addAttributes(attribute("network.local.address", "10.0.0.1"))
                                        .addAttributes(attribute("network.local.port", 8080))
                                        .addAttributes(attribute("peer.service", "web"))
                                        .addAttributes(attribute("network.peer.address", "2001:db8::1"))
                                        .addAttributes(attribute("network.peer.port", 51_000))
                                        .addEvents(Span.Event.newBuilder()
                                                .setTimeUnixNano((START_MICROS + 1) * 1_000)
                                                .setName("ready")))));
    }

    @Test
    void span_withIdsAlone_isOfAnUnknownServiceAndInternal() {
        assertThat(write(zipkin2.Span.newBuilder().traceId("ab").id("cd").build()))
                .isEqualTo(OtlpMessages.request(
                        resource(attribute("service.name", "unknown_service")),
                        ScopeSpans.newBuilder()
                                .addSpans(Span.newBuilder()
                                        .setTraceId(id("000000000000000000000000000000ab"))
                                        .setSpanId(id("00000000000000cd"))
                                        .setKind(Span.SpanKind.SPAN_KIND_INTERNAL))));
    }

    @Test
    void spans_areGroupedByServiceAndScope() {
        ExportTraceServiceRequest request = write(
                of("shop", "1", "tracer", "2.0"),
                of("cart", "2", "", ""),
                of("shop", "3", "tracer", "2.1"),
                of("shop", "4", "tracer", "2.0"),
                of("shop", "5", "", ""));

        assertThat(request.getResourceSpansList())
                .extracting(ResourceSpans::getResource)
                .containsExactly(
                        resource(attribute("service.name", "shop")).build(),
                        resource(attribute("service.name", "cart")).build());
        assertThat(request.getResourceSpans(0).getScopeSpansList())
                .extracting(ScopeSpans::getScope)
                .containsExactly(scope("tracer", "2.0"), scope("tracer", "2.1"), scope("", ""));
        assertThat(request.getResourceSpans(0).getScopeSpans(0).getSpansList())
                .extracting(Span::getSpanId)
                .containsExactly(id("0000000000000001"), id("0000000000000004"));
        assertThat(request.getResourceSpansList())
                .flatExtracting(ResourceSpans::getScopeSpansList)
                .flatExtracting(ScopeSpans::getSpansList)
                .hasSize(5)
                .allSatisfy(span -> assertThat(span.getAttributesList()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"SERVER, 2", "CLIENT, 3", "PRODUCER, 4", "CONSUMER, 5", ", 1"})
    void kind_ofEach_isOtlps(zipkin2.Span.@Nullable Kind kind, int expected) {
        assertThat(only(span().kind(kind)).getKindValue()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 3, 5000, 8000",
        "5, , 5000, 5000",
        ", , 0, 0",
        "9223372036854775, 0, 9223372036854775000, 9223372036854775000",
        "9223372036854776, 0, 0, 0",
        "9223372036854775, 9223372036854775807, 9223372036854775000, 9223372036854775807"
    })
    void times_areNanosAndNoneEndsBeforeItBegins(
            @Nullable Long timestamp, @Nullable Long duration, long startNanos, long endNanos) {
        Span span = only(span().timestamp(timestamp).duration(duration));
        assertThat(span.getStartTimeUnixNano()).isEqualTo(startNanos);
        assertThat(span.getEndTimeUnixNano()).isEqualTo(endNanos);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "error=boom | 2 | boom |",
                "error='' | 2 | |",
                "error=true | 2 | |",
                "error=false | 2 | |",
                "error='' error.type=500 | 2 | | error='' error.type=500",
                "error=boom error.type=500 | 2 | boom | error.type=500",
                "error=boom otel.status_code=ERROR | 2 | boom |",
                "error=own otel.status_code=ERROR otel.status_description=text | 2 | text | error=own",
                "error=true otel.status_code=Error otel.status_description=text | 2 | text |",
                "otel.status_code=ERROR | 2 | |",
                "otel.status_code=ERROR otel.status_description=text | 2 | text |",
                "otel.status_code=OK | 1 | |",
                "otel.status_code=Ok error=own | 1 | | error=own",
                "otel.status_code=UNSET | 0 | | otel.status_code=UNSET",
                "otel.status_description=text | 0 | | otel.status_description=text",
                "k=v | 0 | | k=v"
            })
    void status_isThatOfTheTags(String tags, int code, @Nullable String message, @Nullable String attributes) {
        Span span = only(withTags(tags));
        assertThat(span.getStatus())
                .isEqualTo(Status.newBuilder()
                        .setCodeValue(code)
                        .setMessage(message == null ? "" : message)
                        .build());
        assertThat(span.hasStatus()).isEqualTo(code != 0);
        assertThat(span.getAttributesList()).isEqualTo(attributes(attributes));
    }

    @Test
    void traceStateAndDroppedCounts_areFieldsAgain() {
        Span span = only(span().putTag("w3c.tracestate", "a=b")
                .putTag("otel.dropped_attributes_count", "1")
                .putTag("otel.dropped_events_count", "4294967295")
                .putTag("otel.dropped_links_count", "30"));

        assertThat(span.getTraceState()).isEqualTo("a=b");
        assertThat(span.getDroppedAttributesCount()).isEqualTo(1);
        assertThat(span.getDroppedEventsCount()).isEqualTo(-1);
        assertThat(span.getDroppedLinksCount()).isEqualTo(30);
        assertThat(span.getAttributesList()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "01", "4294967296", "many"})
    void droppedCount_thatIsNone_staysAnAttribute(String count) {
        Span span = only(span().putTag("otel.dropped_events_count", count).putTag("w3c.tracestate", ""));
        assertThat(span.getAttributesList())
                .containsExactly(attribute("otel.dropped_events_count", count), attribute("w3c.tracestate", ""));
    }

    @Test
    void links_areFieldsAgain() {
        Span span = only(span().putTag("otlp.link.0", LINK_IDS + "a=b|{\"k|\":[1,\"|\"]}|3")
                .putTag("otlp.link.1", LINK_IDS + "|{}|0"));

        assertThat(span.getLinksList())
                .containsExactly(
                        link().setTraceState("a=b")
                                .addAttributes(attribute(
                                        "k|",
                                        array(
                                                AnyValue.newBuilder()
                                                        .setIntValue(1)
                                                        .build(),
                                                text("|"))))
                                .setDroppedAttributesCount(3)
                                .build(),
                        link().build());
        assertThat(span.getAttributesList()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|||{}|0",
                "0af7651916cd43dd|b7ad6b7169203331||{}|0",
                "0AF7651916cd43dd8448eb211c80319c|b7ad6b7169203331||{}|0",
                LINK_IDS + "|{}",
                LINK_IDS + "|{}|",
                LINK_IDS + "|{}|x",
                LINK_IDS + "|{}|01",
                LINK_IDS + "|{|0",
                LINK_IDS + "|{\"\":1}|0",
                LINK_IDS + "|[]|0"
            })
    void link_thatCannotBeRead_staysAnAttribute_andThoseAfterIt(String text) {
        Span span = only(span().putTag("otlp.link.0", LINK_IDS + "|{}|0")
                .putTag("otlp.link.1", text)
                .putTag("otlp.link.2", LINK_IDS + "|{}|0"));
        assertThat(span.getLinksList()).containsExactly(link().build());
        assertThat(span.getAttributesList())
                .containsExactly(attribute("otlp.link.1", text), attribute("otlp.link.2", LINK_IDS + "|{}|0"));
    }

    @Test
    void annotation_withAnObject_isAnEventWithAttributes() {
        Span.Event event = only(span().addAnnotation(
                                7,
                                "\"a \\\"b\\\"\": {\"s\":\"x\",\"i\":-5,\"d\":1.0,\"e\":1.5E40,\"b\":true,\"n\":null,"
                                        + "\"l\":[1,[]],\"m\":{\"\":{}},"
                                        + "\"big\":9223372036854775808,\"otel.dropped_attributes_count\":4}"))
                .getEvents(0);

        assertThat(event)
                .isEqualTo(Span.Event.newBuilder()
                        .setTimeUnixNano(7_000)
                        .setName("a \"b\"")
                        .addAttributes(attribute("s", "x"))
                        .addAttributes(attribute("i", -5))
                        .addAttributes(decimal("d", 1))
                        .addAttributes(decimal("e", 1.5E40))
                        .addAttributes(attribute("b", true))
                        .addAttributes(attribute("n", AnyValue.getDefaultInstance()))
                        .addAttributes(attribute(
                                "l", array(AnyValue.newBuilder().setIntValue(1).build(), array())))
                        .addAttributes(attribute("m", map(attribute("", map()))))
                        .addAttributes(decimal("big", 0x1p63))
                        .setDroppedAttributesCount(4)
                        .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "\"quoted\"",
                "\"a\":1}",
                "\"a\":{}",
                "\"a\":{\"k\":1",
                "\"a\":{\"k\":1}}",
                "\"a\":{\"k\":1},\"b\":{\"k\":1}",
                "\"a\":{\"k\":1},\"a\":{\"k\":1}",
                "\"a\":{\"k\":1,\"k\":2}",
                "\"a\":{\"\":1}",
                "\"a\":{\"k\":1E999}",
                "\"a\":{\"k\":tru}",
                "a:{\"k\":1}",
                "{\"a\":{\"k\":1}}",
                "a|{}|0"
            })
    void annotation_ofAnyOtherForm_isTheNameOfAnEvent(String text) {
        assertThat(only(span().addAnnotation(7, text)).getEventsList())
                .containsExactly(Span.Event.newBuilder()
                        .setTimeUnixNano(7_000)
                        .setName(text)
                        .build());
    }

    @Test
    void annotation_nestedDeeply_isTheNameOfAnEvent() {
        String text = "\"a\":{\"k\":" + "[".repeat(31) + "]".repeat(31) + "}";
        assertThat(only(span().addAnnotation(7, text)).getEvents(0).getName()).isEqualTo(text);
        String shallow = "\"a\":{\"k\":" + "[".repeat(30) + "]".repeat(30) + "}";
        assertThat(only(span().addAnnotation(7, shallow)).getEvents(0).getName())
                .isEqualTo("a");
    }

    /** Each costs an exception. */
    @Test
    void annotations_thatAreNoJson_areNoMoreReadAfterAThousand() {
        String event = "\"a\":{\"k\":1}";
        zipkin2.Span.Builder span = span().addAnnotation(0, event).addAnnotation(5_000, event);
        for (int i = 1; i <= JsonObjects.MAX_FAILURES; i++) {
            span.addAnnotation(i, "\"a\":{k}");
        }
        List<Span.Event> events = only(span).getEventsList();
        assertThat(events.get(0).getName()).isEqualTo("a");
        assertThat(events.get(events.size() - 1).getName()).isEqualTo(event);
    }

    @Test
    void tags_stayTextsWhateverTheyHold() {
        assertThat(only(span().putTag("count", "42").putTag("flag", "true").putTag("", "no key"))
                        .getAttributesList())
                .containsExactly(attribute("count", "42"), attribute("flag", "true"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "peer.service=Web | peer.service=Web",
                "server.address=web network.peer.address=10.0.0.2 network.peer.port=80 | server.address=web"
                        + " network.peer.address=10.0.0.2 network.peer.port=80",
                "peer.service=other | peer.service=other network.peer.address=10.0.0.2",
                "network.peer.address=10.0.0.3 | network.peer.address=10.0.0.3 peer.service=web"
            })
    void remoteEndpoint_isAddedUnlessTagsHaveIt(String tags, String expected) {
        boolean withAddress = !tags.equals("peer.service=Web");
        Span span = only(withTags(tags)
                .kind(zipkin2.Span.Kind.CLIENT)
                .remoteEndpoint(Endpoint.newBuilder()
                        .serviceName("web")
                        .ip(withAddress ? "10.0.0.2" : null)
                        .port(withAddress && tags.contains("port") ? 80 : 0)
                        .build()));
        assertThat(span.getAttributesList()).containsExactlyInAnyOrderElementsOf(attributes(expected));
    }

    @Test
    void localAddress_isAddedUnlessTagsHaveIt() {
        assertThat(only(withTags("server.address=10.0.0.1 server.port=8080")
                                .kind(zipkin2.Span.Kind.SERVER)
                                .localEndpoint(SHOP))
                        .getAttributesList())
                .isEqualTo(attributes("server.address=10.0.0.1 server.port=8080"));
        assertThat(only(withTags("server.address=10.0.0.1")
                                .kind(zipkin2.Span.Kind.CLIENT)
                                .localEndpoint(SHOP))
                        .getAttributesList())
                .containsExactly(
                        attribute("server.address", "10.0.0.1"),
                        attribute("network.local.address", "10.0.0.1"),
                        attribute("network.local.port", 8080));
    }

    @Test
    void address_ofBothKinds_isTheIpv4One() {
        Endpoint both = Endpoint.newBuilder().ip("10.0.0.1").build();
        both = both.toBuilder().ip("2001:db8::1").build();
        assertThat(both.ipv4()).isNotNull();
        assertThat(only(span().remoteEndpoint(both)).getAttributesList())
                .containsExactly(attribute("network.peer.address", "10.0.0.1"));
    }

    @Test
    void nothing_isAnEmptyRequest() {
        assertThat(OtlpWriter.toProtobuf(List.of())).isEmpty();
    }

    private static zipkin2.Span.Builder span() {
        return zipkin2.Span.newBuilder()
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .id("b7ad6b7169203331");
    }

    private static zipkin2.Span of(String service, String id, String scope, String version) {
        zipkin2.Span.Builder span = zipkin2.Span.newBuilder()
                .traceId("1")
                .id(id)
                .localEndpoint(Endpoint.newBuilder().serviceName(service).build());
        if (!scope.isEmpty()) {
            span.putTag("otel.scope.name", scope).putTag("otel.scope.version", version);
        }
        return span.build();
    }

    /** Tags are written {@code name=value}, separated by spaces. */
    private static zipkin2.Span.Builder withTags(String tags) {
        zipkin2.Span.Builder span = span();
        attributes(tags).forEach(tag -> span.putTag(tag.getKey(), tag.getValue().getStringValue()));
        return span;
    }

    private static List<KeyValue> attributes(@Nullable String tags) {
        return tags == null || tags.isEmpty()
                ? List.of()
                : List.of(tags.split(" ", -1)).stream()
                        .map(tag -> tag.split("=", 2))
                        .map(tag -> attribute(tag[0], tag[1].equals("''") ? "" : tag[1]))
                        .toList();
    }

    private static KeyValue decimal(String name, double value) {
        return attribute(name, AnyValue.newBuilder().setDoubleValue(value).build());
    }

    private static Span.Link.Builder link() {
        return Span.Link.newBuilder().setTraceId(OtlpMessages.TRACE_ID).setSpanId(OtlpMessages.SPAN_ID);
    }

    private static InstrumentationScope scope(String name, String version) {
        return InstrumentationScope.newBuilder()
                .setName(name)
                .setVersion(version)
                .build();
    }

    private static Span only(zipkin2.Span.Builder span) {
        ExportTraceServiceRequest request = write(span.build());
        assertThat(request.getResourceSpansCount()).isEqualTo(1);
        assertThat(request.getResourceSpans(0).getScopeSpansCount()).isEqualTo(1);
        assertThat(request.getResourceSpans(0).getScopeSpans(0).getSpansCount()).isEqualTo(1);
        return request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    }

    private static ExportTraceServiceRequest write(zipkin2.Span... spans) {
        try {
            return ExportTraceServiceRequest.parseFrom(OtlpWriter.toProtobuf(List.of(spans)));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
