package zipkin.ee.storage.forward;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zipkin2.Annotation;
import zipkin2.Span;

/**
 * The annotations and metadata of a document of X-Ray. Annotations are the span's name and its
 * short tags: X-Ray can search them, and their keys have letters, digits and underscores. Metadata
 * is the other tags and the span's annotations.
 */
final class XRayTexts {
    /** X-Ray indexes no more annotations of a trace. */
    private static final int MAX_ANNOTATIONS = 50;
    /** Longer values are metadata. */
    private static final int LONG_VALUE = 250;

    private static final Set<String> HTTP = Set.of("http.method", "http.url", "http.status_code", "http.user_agent");

    private final Span span;

    XRayTexts(Span span) {
        this.span = span;
    }

    void write(JsonGenerator json) throws IOException {
        Map<String, String> annotations = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        if (span.name() != null) {
            annotations.put("operation", XRayDocument.shortened(span.name()));
        }
        span.tags().forEach((tag, value) -> {
            String key = tag.replaceAll("[^A-Za-z0-9_]", "_");
            if (isElsewhere(tag)) {
                return;
            }
            if (value.length() < LONG_VALUE && annotations.size() < MAX_ANNOTATIONS && !annotations.containsKey(key)) {
                annotations.put(key, value);
            } else {
                metadata.put(tag, XRayDocument.shortened(value));
            }
        });
        json.writeObjectFieldStart("annotations");
        writeFields(json, annotations);
        json.writeEndObject();
        json.writeObjectFieldStart("metadata");
        writeFields(json, metadata);
        if (!span.annotations().isEmpty()) {
            writeEvents(json);
        }
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
    }

    private void writeEvents(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("zipkin");
        for (Annotation annotation : span.annotations()) {
            json.writeStartObject();
            json.writeFieldName("time");
            json.writeNumber(XRayDocument.seconds(annotation.timestamp()));
            json.writeStringField("value", XRayDocument.shortened(annotation.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Whether the document has another field for the tag. */
    private boolean isElsewhere(String tag) {
        return HTTP.contains(tag)
                || (tag.equals("http.path") && !span.tags().containsKey("http.url"))
                || tag.equals("xray.namespace")
                || tag.equals("aws.origin")
                || tag.equals("aws.xray.sdk")
                || hasField(tag, "aws.", XRayDocument.AWS)
                || hasField(tag, "aws.ec2.", XRayDocument.EC2)
                || hasField(tag, "sql.", XRayDocument.SQL);
    }

    private static boolean hasField(String tag, String prefix, List<String> fields) {
        return tag.startsWith(prefix) && fields.contains(tag.substring(prefix.length()));
    }
}
