package zipkin.ee.codec.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import zipkin.ee.codec.ColumnsToSpans;
import zipkin.ee.codec.SpanColumns;

/** Builds messages, writes them in both encodings, and reads them back from both. */
final class OtlpMessages {
    static final ByteString TRACE_ID = id("0af7651916cd43dd8448eb211c80319c");
    static final ByteString SPAN_ID = id("b7ad6b7169203331");
    static final long START_NANOS = 1_700_000_000_123_456_789L;
    static final long START_MICROS = 1_700_000_000_123_456L;

    private OtlpMessages() {}

    static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** A span with ids and a start. */
    static Span.Builder span() {
        return Span.newBuilder().setTraceId(TRACE_ID).setSpanId(SPAN_ID).setStartTimeUnixNano(START_NANOS);
    }

    static Resource.Builder resource(KeyValue... attributes) {
        return Resource.newBuilder().addAllAttributes(List.of(attributes));
    }

    static KeyValue attribute(String key, String value) {
        return attribute(key, text(value));
    }

    static KeyValue attribute(String key, long value) {
        return attribute(key, AnyValue.newBuilder().setIntValue(value).build());
    }

    static KeyValue attribute(String key, boolean value) {
        return attribute(key, AnyValue.newBuilder().setBoolValue(value).build());
    }

    static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    static AnyValue array(AnyValue... values) {
        return AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder().addAllValues(List.of(values)))
                .build();
    }

    static AnyValue map(KeyValue... members) {
        return AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(members)))
                .build();
    }

    static ExportTraceServiceRequest request(Resource.Builder resource, ScopeSpans.Builder... scopes) {
        ResourceSpans.Builder spans = ResourceSpans.newBuilder().setResource(resource);
        for (ScopeSpans.Builder scope : scopes) {
            spans.addScopeSpans(scope);
        }
        return ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build();
    }

    static ExportTraceServiceRequest request(Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return request(resource(), scope);
    }

    /** Reads one span, of a resource without attributes. */
    static zipkin2.Span read(Span.Builder span) {
        return only(read(request(span)));
    }

    static zipkin2.Span only(OtlpTraces traces) {
        assertThat(traces.refusal()).isEmpty();
        assertThat(traces.spans()).hasSize(1);
        return traces.spans().get(0);
    }

    /** Reads both encodings, which have to give the same. */
    static OtlpTraces read(ExportTraceServiceRequest request) {
        return read(request, OtlpMapping.defaults());
    }

    static OtlpTraces read(ExportTraceServiceRequest request, OtlpMapping mapping) {
        OtlpReader reader = new OtlpReader(mapping);
        OtlpTraces traces = reader.readProtobuf(request.toByteArray(), bytes -> {});
        assertThat(reader.readJson(json(request), bytes -> {})).isEqualTo(traces);
        expectColumns(request.toByteArray(), reader, traces);
        return traces;
    }

    /**
     * Expects that columns have the same spans, if the message is usual.
     *
     * @return whether it is
     */
    static boolean expectColumns(byte[] body, OtlpReader reader, OtlpTraces traces) {
        SpanColumns columns = new SpanColumns();
        boolean usual = reader.readColumns(body, columns, bytes -> {});
        if (usual) {
            assertThat(ColumnsToSpans.toSpans(columns)).isEqualTo(traces.spans());
            assertThat(traces.refused()).isZero();
        } else {
            assertThat(columns.size()).isZero();
        }
        return usual;
    }

    static OtlpLogs read(ExportLogsServiceRequest request) {
        return read(request, OtlpMapping.defaults());
    }

    static OtlpLogs read(ExportLogsServiceRequest request, OtlpMapping mapping) {
        OtlpReader reader = new OtlpReader(mapping);
        OtlpLogs logs = reader.readLogsProtobuf(request.toByteArray());
        assertThat(reader.readLogsJson(json(request))).isEqualTo(logs);
        return logs;
    }

    static OtlpTraces readJson(String json) {
        return new OtlpReader(OtlpMapping.defaults()).readJson(json.getBytes(UTF_8), bytes -> {});
    }

    /** JSON with this as the fields of its only span, after the ids. */
    static String spanJson(String fields) {
        return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\","
                + "\"spanId\":\"b7ad6b7169203331\"" + (fields.isEmpty() ? "" : ",") + fields + "}]}]}]}";
    }

    /** JSON as the OTLP specification demands it: ids in hex, enums as numbers. */
    static byte[] json(Message message) {
        return object(message).getBytes(UTF_8);
    }

    private static String object(Message message) {
        List<String> members = new ArrayList<>();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            members.add(quoted(field.getKey().getJsonName()) + ":" + values(field.getKey(), field.getValue()));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String values(FieldDescriptor field, Object value) {
        if (!field.isRepeated()) {
            return value(field, value);
        }
        List<String> elements = new ArrayList<>();
        for (Object element : (List<?>) value) {
            elements.add(value(field, element));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private static String value(FieldDescriptor field, Object value) {
        if (value instanceof Message message) {
            return object(message);
        }
        if (value instanceof ByteString bytes) {
            byte[] array = bytes.toByteArray();
            boolean isId = field.getName().endsWith("_id");
            return quoted(
                    isId ? HexFormat.of().formatHex(array) : Base64.getEncoder().encodeToString(array));
        }
        if (value instanceof EnumValueDescriptor constant) {
            return Integer.toString(constant.getNumber());
        }
        return switch (field.getType()) {
            case FIXED64, UINT64 -> quoted(Long.toUnsignedString((Long) value));
            case INT64 -> quoted(value.toString());
            case DOUBLE -> Double.isFinite((Double) value) ? value.toString() : quoted(value.toString());
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
            case STRING -> quoted((String) value);
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            json.append(c >= ' ' && c != '"' && c != '\\' ? Character.toString(c) : "\\u%04x".formatted((int) c));
        }
        return json.append('"').toString();
    }
}
