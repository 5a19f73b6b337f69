package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static zipkin.ee.codec.otlp.OtlpMessages.*;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OtlpTagsTest {
    private static final InstrumentationScope SCOPE = InstrumentationScope.newBuilder()
            .setName("io.opentelemetry.jdbc")
            .setVersion("2.33.1")
            .addAttributes(attribute("in.scope", "scope"))
            .addAttributes(attribute("in.both", "scope"))
            .addAttributes(attribute("in.all", "scope"))
            .setDroppedAttributesCount(9)
            .build();

    @Test
    void attributes_ofResourceScopeAndSpan_areTagsAndTheLastWins() {
        assertThat(tags(OtlpMapping.defaults()))
                .containsOnly(
                        entry("host.name", "h"),
                        entry("in.scope", "scope"),
                        entry("in.both", "scope"),
                        entry("in.all", "second"),
                        entry("otel.scope.name", "io.opentelemetry.jdbc"),
                        entry("otel.scope.version", "2.33.1"));
    }

    @Test
    void resourcePrefix_precedesResourceAttributesAlone() {
        assertThat(tags(new OtlpMapping("resource.", List.of("*"), true, false)))
                .containsEntry("resource.host.name", "h")
                .containsEntry("resource.in.both", "resource")
                .containsEntry("in.both", "scope")
                .doesNotContainKeys("host.name", "service.name", "resource.service.name");
    }

    @Test
    void resourceAttributes_thatAreExcluded_areNoTags() {
        assertThat(tags(new OtlpMapping("", List.of("!host.*"), true, false)))
                .doesNotContainKey("host.name")
                .containsEntry("in.scope", "scope");
    }

    @Test
    void libraryTags_whenOn_repeatTheScope() {
        assertThat(tags(new OtlpMapping("", List.of(), true, true)))
                .containsOnly(
                        entry("in.scope", "scope"),
                        entry("in.both", "scope"),
                        entry("in.all", "second"),
                        entry("otel.scope.name", "io.opentelemetry.jdbc"),
                        entry("otel.scope.version", "2.33.1"),
                        entry("otel.library.name", "io.opentelemetry.jdbc"),
                        entry("otel.library.version", "2.33.1"));
    }

    @Test
    void fieldsOfTheSpan_replaceAttributesOfTheirNames() {
        assertThat(read(span().addAttributes(attribute("w3c.tracestate", "own"))
                                .addAttributes(attribute("otel.dropped_links_count", "own"))
                                .addAttributes(attribute("otel.scope.name", "own"))
                                .setDroppedLinksCount(2)
                                .setTraceState("a=b"))
                        .tags())
                .containsOnly(
                        entry("w3c.tracestate", "a=b"),
                        entry("otel.dropped_links_count", "2"),
                        entry("otel.scope.name", "own"));
    }

    private static Map<String, String> tags(OtlpMapping mapping) {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder()
                .setScope(SCOPE)
                .setSchemaUrl("https://opentelemetry.io/schemas/1.40.0")
                .addSpans(span().addAttributes(attribute("in.all", "first"))
                        .addAttributes(attribute("in.all", "second"))
                        .addAttributes(attribute("", "no key")));
        return only(read(
                        request(
                                resource(
                                        attribute("service.name", "s"),
                                        attribute("host.name", "h"),
                                        attribute("in.both", "resource"),
                                        attribute("in.all", "resource")),
                                spans),
                        mapping))
                .tags();
    }

    static Stream<Arguments> statuses() {
        return Stream.of(
                Arguments.of(0, "ignored", List.of(), Map.of()),
                Arguments.of(9, "ignored", List.of(), Map.of()),
                Arguments.of(1, "ignored", List.of(), Map.of("otel.status_code", "OK")),
                error("", List.of(), Map.of("error", "")),
                error("boom", List.of(), Map.of("error", "boom")),
                error("", List.of(attribute("error.type", "500")), Map.of("error", "500", "error.type", "500")),
                error("boom", List.of(attribute("error.type", "500")), Map.of("error", "boom", "error.type", "500")),
                error("boom", List.of(attribute("error", true)), Map.of("error", "boom")),
                error("boom", List.of(attribute("error", "false")), Map.of("error", "boom")),
                error("", List.of(attribute("error", "true")), Map.of("error", "")),
                error("", List.of(attribute("error", "own")), Map.of("error", "own")),
                error(
                        "boom",
                        List.of(attribute("error", "own")),
                        Map.of("error", "own", "otel.status_description", "boom")),
                Arguments.of(0, "", List.of(attribute("error", true)), Map.of()),
                Arguments.of(0, "", List.of(attribute("error", "false")), Map.of()),
                Arguments.of(1, "", List.of(attribute("error", "true")), Map.of("otel.status_code", "OK")),
                Arguments.of(0, "", List.of(attribute("error", "own")), Map.of("error", "own")));
    }

    private static Arguments error(String message, List<KeyValue> attributes, Map<String, String> expected) {
        Map<String, String> tags = new TreeMap<>(expected);
        tags.put("otel.status_code", "ERROR");
        return Arguments.of(2, message, attributes, tags);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void status_ofEachCode_isTags(
            int code, String message, List<KeyValue> attributes, @Nullable Map<String, String> expected) {
        Span.Builder span = span().addAllAttributes(attributes)
                .setStatus(Status.newBuilder().setCodeValue(code).setMessage(message));
        assertThat(read(span).tags()).isEqualTo(expected);
    }

    @Test
    void links_haveTheFormatOfTheCollector() {
        Span.Builder span = span().addLinks(Span.Link.newBuilder()
                        .setTraceId(TRACE_ID)
                        .setSpanId(SPAN_ID)
                        .setTraceState("a=b")
                        .addAttributes(attribute("k\"", 1))
                        .setDroppedAttributesCount(3)
                        .setFlags(0x100))
                .addLinks(Span.Link.newBuilder());
        assertThat(read(span).tags())
                .containsOnly(
                        entry("otlp.link.0", "0af7651916cd43dd8448eb211c80319c|b7ad6b7169203331|a=b|{\"k\\\"\":1}|3"),
                        entry("otlp.link.1", "|||{}|0"));
    }

    @Test
    void links_beyond128_areCountedAsDropped() {
        Span.Builder span = span().setDroppedLinksCount(1);
        for (int i = 0; i < 130; i++) {
            span.addLinks(Span.Link.newBuilder().setTraceId(TRACE_ID).setSpanId(SPAN_ID));
        }
        assertThat(read(span).tags())
                .hasSize(129)
                .containsKey("otlp.link.127")
                .containsEntry("otel.dropped_links_count", "3");
    }
}
