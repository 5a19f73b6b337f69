package zipkin.ee.storage.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import zipkin.ee.codec.MalformedSpansException;
import zipkin2.Annotation;
import zipkin2.Span;

/**
 * Writes spans as a <a
 * href="https://cloud.google.com/trace/docs/reference/v2/rest/v2/projects.traces/batchWrite">BatchWriteSpansRequest</a>
 * in JSON. Texts are cut at Google's bounds, and attributes and events beyond 32 are left out; the
 * request says how much is missing. Attributes have the names that zipkin-gcp gives them.
 */
final class CloudTraceRequest {
    private static final int MAX_ATTRIBUTES = 32;
    private static final int MAX_EVENTS = 32;
    private static final int MAX_NAME_BYTES = 128;
    private static final int MAX_VALUE_BYTES = 256;
    private static final int WIDE = 32;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Map<String, String> RENAMED = Map.of(
            "http.host", "/http/host",
            "http.method", "/http/method",
            "http.status_code", "/http/status_code",
            "http.request.size", "/http/request/size",
            "http.response.size", "/http/response/size",
            "http.url", "/http/url");

    private final JsonGenerator json;
    private final String project;

    private CloudTraceRequest(JsonGenerator json, String project) {
        this.json = json;
        this.project = project;
    }

    /**
     * @throws MalformedSpansException for a span without a timestamp, for which Google would refuse
     *     the whole request
     */
    static byte[] of(String project, List<Span> spans) {
        spans.forEach(span -> SharedSpanIds.requireTimestamp(span, "Google Cloud Trace"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * spans.size());
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("spans");
            for (Span span : spans) {
                new CloudTraceRequest(json, project).write(span);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(Span span) throws IOException {
        String id = SharedSpanIds.id(span);
        String parent = SharedSpanIds.parentId(span);
        String trace = "0".repeat(WIDE - span.traceId().length()) + span.traceId();
        json.writeStartObject();
        json.writeStringField("name", "projects/" + project + "/traces/" + trace + "/spans/" + id);
        json.writeStringField("spanId", id);
        if (parent != null) {
            json.writeStringField("parentSpanId", parent);
        }
        writeText("displayName", span.name() == null ? "unknown" : span.name(), MAX_NAME_BYTES);
        json.writeStringField("startTime", time(span.timestampAsLong()));
        json.writeStringField("endTime", time(span.timestampAsLong() + span.durationAsLong()));
        if (span.kind() != null) {
            json.writeStringField("spanKind", span.kind().name());
        }
        writeAttributes(span);
        if (!span.annotations().isEmpty()) {
            writeEvents(span.annotations());
        }
        json.writeEndObject();
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    private void writeAttributes(Span span) throws IOException {
        int written = 0;
        json.writeObjectFieldStart("attributes");
        json.writeObjectFieldStart("attributeMap");
        if (span.kind() != null) {
            writeAttribute("/kind", span.kind().name().toLowerCase(Locale.ROOT));
            written++;
        }
        if (span.localServiceName() != null) {
            writeAttribute("/component", span.localServiceName());
            written++;
        }
        if (span.parentId() == null) {
            writeAttribute("/agent", "zipkin-java");
            written++;
        }
        if (span.kind() == Span.Kind.SERVER && span.localEndpoint() != null) {
            String ip = span.localEndpoint().ipv4();
            String ip6 = span.localEndpoint().ipv6();
            if (ip != null || ip6 != null) {
                writeAttribute(ip != null ? "endpoint.ipv4" : "endpoint.ipv6", ip != null ? ip : String.valueOf(ip6));
                written++;
            }
        }
        int dropped = 0;
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            if (written < MAX_ATTRIBUTES) {
                writeAttribute(RENAMED.getOrDefault(tag.getKey(), tag.getKey()), tag.getValue());
                written++;
            } else {
                dropped++;
            }
        }
        json.writeEndObject();
        json.writeNumberField("droppedAttributesCount", dropped);
        json.writeEndObject();
    }

    private void writeAttribute(String key, String value) throws IOException {
        json.writeObjectFieldStart(Truncated.of(key, MAX_NAME_BYTES).text());
        writeText("stringValue", value, MAX_VALUE_BYTES);
        json.writeEndObject();
    }

    private void writeEvents(List<Annotation> annotations) throws IOException {
        json.writeObjectFieldStart("timeEvents");
        json.writeArrayFieldStart("timeEvent");
        for (Annotation annotation : annotations.subList(0, Math.min(MAX_EVENTS, annotations.size()))) {
            json.writeStartObject();
            json.writeStringField("time", time(annotation.timestamp()));
            json.writeObjectFieldStart("annotation");
            writeText("description", annotation.value(), MAX_VALUE_BYTES);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("droppedAnnotationsCount", Math.max(0, annotations.size() - MAX_EVENTS));
        json.writeEndObject();
    }

    private void writeText(String field, String text, int maxBytes) throws IOException {
        Truncated truncated = Truncated.of(text, maxBytes);
        json.writeObjectFieldStart(field);
        json.writeStringField("value", truncated.text());
        json.writeNumberField("truncatedByteCount", truncated.lostBytes());
        json.writeEndObject();
    }
}
