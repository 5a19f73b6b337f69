package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.json.Json;
import zipkin2.Annotation;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * A span as a document, byte for byte as Zipkin's server writes it (upstream: BulkIndexWriter): v2
 * JSON, before it {@code timestamp_millis} and {@code _q}, the terms that a search by annotations
 * and tags asks for.
 */
final class SpanDocument {
    static final int MAX_TERM_LENGTH = 256;

    private static final Endpoint NOWHERE = Endpoint.newBuilder().build();

    private SpanDocument() {}

    /**
     * @param searchEnabled whether the fields for searches are there
     */
    static void write(Span span, boolean searchEnabled, OutputStream sink) throws IOException {
        try (JsonGenerator json = Json.FACTORY.createGenerator(sink)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            if (searchEnabled) {
                writeSearchFields(span, json);
            }
            json.writeStringField("traceId", span.traceId());
            writeText(json, "parentId", span.parentId());
            json.writeStringField("id", span.id());
            Span.Kind kind = span.kind();
            writeText(json, "kind", kind == null ? null : kind.name());
            writeText(json, "name", span.name());
            writeNumber(json, "timestamp", span.timestampAsLong());
            writeNumber(json, "duration", span.durationAsLong());
            writeEndpoint(json, "localEndpoint", span.localEndpoint());
            writeEndpoint(json, "remoteEndpoint", span.remoteEndpoint());
            writeAnnotations(json, span);
            writeTags(json, span);
            writeTrue(json, "debug", span.debug());
            writeTrue(json, "shared", span.shared());
            json.writeEndObject();
        }
    }

    private static void writeSearchFields(Span span, JsonGenerator json) throws IOException {
        writeNumber(json, "timestamp_millis", span.timestampAsLong() / 1000);
        if (span.tags().isEmpty() && span.annotations().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("_q");
        for (Annotation annotation : span.annotations()) {
            if (annotation.value().length() <= MAX_TERM_LENGTH) {
                json.writeString(annotation.value());
            }
        }
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            if (tag.getKey().length() + 1 + tag.getValue().length() <= MAX_TERM_LENGTH) {
                json.writeString(tag.getKey());
                json.writeString(tag.getKey() + "=" + tag.getValue());
            }
        }
        json.writeEndArray();
    }

    private static void writeAnnotations(JsonGenerator json, Span span) throws IOException {
        if (span.annotations().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("annotations");
        for (Annotation annotation : span.annotations()) {
            json.writeStartObject();
            json.writeNumberField("timestamp", annotation.timestamp());
            json.writeStringField("value", annotation.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeTags(JsonGenerator json, Span span) throws IOException {
        if (span.tags().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("tags");
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            json.writeStringField(tag.getKey(), tag.getValue());
        }
        json.writeEndObject();
    }

    private static void writeEndpoint(JsonGenerator json, String name, @Nullable Endpoint endpoint) throws IOException {
        if (endpoint == null || endpoint.equals(NOWHERE)) {
            return;
        }
        json.writeObjectFieldStart(name);
        writeText(json, "serviceName", endpoint.serviceName());
        writeText(json, "ipv4", endpoint.ipv4());
        writeText(json, "ipv6", endpoint.ipv6());
        writeNumber(json, "port", endpoint.portAsInt());
        json.writeEndObject();
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static void writeNumber(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            json.writeNumberField(name, value);
        }
    }

    private static void writeTrue(JsonGenerator json, String name, @Nullable Boolean value) throws IOException {
        if (Boolean.TRUE.equals(value)) {
            json.writeBooleanField(name, true);
        }
    }
}
