package zipkin.ee.codec.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static zipkin.ee.codec.otlp.OtlpMessages.*;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which spans are left out, and what the client learns about them. */
class OtlpRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "'', b7ad6b7169203331, trace id of 0 bytes",
        "0af7651916cd43dd, b7ad6b7169203331, trace id of 8 bytes",
        "0af7651916cd43dd8448eb211c80319c00, b7ad6b7169203331, trace id of 17 bytes",
        "00000000000000000000000000000000, b7ad6b7169203331, trace id zero",
        "0af7651916cd43dd8448eb211c80319c, '', span id of 0 bytes",
        "0af7651916cd43dd8448eb211c80319c, b7ad6b71692033, span id of 7 bytes",
        "0af7651916cd43dd8448eb211c80319c, 0000000000000000, span id zero"
    })
    void id_thatIsNotValid_isRefused(String traceId, String spanId, String reason) {
        OtlpTraces traces = read(request(span(), span().setTraceId(id(traceId)).setSpanId(id(spanId)), span()));
        assertThat(traces.spans()).hasSize(2);
        assertThat(traces.refused()).isEqualTo(1);
        assertThat(traces.refusal())
                .isEqualTo("1 of 3 spans refused: " + reason
                        + " (1); the first is resourceSpans[0].scopeSpans[0].spans[1]");
    }

    @ParameterizedTest
    @CsvSource({
        "0af7651916cd43dd8448eb211c80319, trace id of 31 hex digits",
        "CvdlGRbNQ92ESOshHIAxnA==, trace id not hexadecimal",
        "0xf7651916cd43dd8448eb211c80319c, trace id not hexadecimal"
    })
    void id_thatIsNotHexadecimal_isRefused(String traceId, String reason) {
        OtlpTraces traces = readJson(spanJson("\"trace_id\":\"" + traceId + "\""));
        assertThat(traces.spans()).isEmpty();
        assertThat(traces.refusal())
                .isEqualTo("1 of 1 spans refused: " + reason
                        + " (1); the first is resourceSpans[0].scopeSpans[0].spans[0]");
    }

    @Test
    void reasons_areCountedAndTheFirstPlaceIsShown() {
        Span.Builder shortId = span().setSpanId(id("b7ad6b71692033"));
        Span.Builder zero = span().setTraceId(ByteString.copyFrom(new byte[16]));
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder())
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder())
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span()).addSpans(shortId))
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(zero).addSpans(shortId)))
                .build();

        OtlpTraces traces = read(request);

        assertThat(traces.refused()).isEqualTo(3);
        assertThat(traces.refusal())
                .isEqualTo("3 of 4 spans refused: span id of 7 bytes (2), trace id zero (1);"
                        + " the first is resourceSpans[1].scopeSpans[1].spans[1]");
    }

    @Test
    void refusal_ofManyReasons_isShort() {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder();
        for (int bytes = 100; bytes < 1_000; bytes++) {
            spans.addSpans(span().setTraceId(ByteString.copyFrom(new byte[bytes])));
        }
        OtlpTraces traces = read(request(resource(), spans));
        assertThat(traces.refused()).isEqualTo(900);
        assertThat(traces.refusal())
                .hasSizeLessThan(1_024)
                .startsWith("900 of 900 spans refused: trace id of 100 bytes (1), ")
                .contains("trace id of 109 bytes (1), other reasons (890);");
    }

    @Test
    void nesting_of255LevelsInASpan_isTheDeepestAccepted() {
        String tag = "[".repeat(255) + "]".repeat(255);
        assertThat(read(span().addAttributes(attribute("a", nested(255)))).tags())
                .containsEntry("a", tag);
        OtlpTraces traces = read(request(span().addAttributes(attribute("a", nested(256))), span()));
        assertThat(traces.spans()).hasSize(1);
        assertThat(traces.refusal()).startsWith("1 of 2 spans refused: attribute of more than 255 levels (1);");
    }

    @Test
    void nesting_of256LevelsInAnEvent_isRefused() {
        AnyValue map = text("");
        for (int i = 0; i < 256; i++) {
            map = map(attribute("", map));
        }
        Span.Event.Builder event = Span.Event.newBuilder().addAttributes(attribute("a", map));
        assertThat(read(request(span().addEvents(event))).refused()).isEqualTo(1);
    }

    static AnyValue nested(int levels) {
        AnyValue array = array();
        for (int i = 1; i < levels; i++) {
            array = array(array);
        }
        return array;
    }
}
