package zipkin.ee.storage.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.MalformedSpansException;
import zipkin2.Annotation;
import zipkin2.Span;

/**
 * A span as a <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html">segment document</a> of AWS X-Ray. What a service does for a caller (SERVER,
 * CONSUMER), and a root, is a segment; what it does meanwhile is a subsegment, remote where it calls another. The server's side of a shared span gets an id of its own, made of the
 * shared one, which is its parent: X-Ray has one document for an id.
 */
final class XRayDocument {
    /** X-Ray indexes as many annotations of a trace. */
    private static final int MAX_ANNOTATIONS = 50;

    private static final int MAX_NAME = 200;
    private static final int MAX_VALUE = 1000;
    private static final int WIDE = 32;
    private static final int EPOCH_DIGITS = 8;
    private static final long MICROS = 1_000_000;
    private static final Set<String> HTTP =
            Set.of("http.method", "http.url", "http.path", "http.status_code", "http.user_agent");
    private static final JsonFactory JSON = new JsonFactory();

    private final Span span;
    private final boolean segment;

    private XRayDocument(Span span) {
        this.span = span;
        this.segment = span.kind() == Span.Kind.SERVER || span.kind() == Span.Kind.CONSUMER || span.parentId() == null;
    }

    /**
     * The document in JSON.
     *
     * @param withTexts false leaves out what may be long: annotations and metadata
     * @throws MalformedSpansException for what X-Ray has no place for
     */
    static byte[] of(Span span, boolean withTexts) {
        requireTakable(span);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            new XRayDocument(span).write(json, withTexts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws MalformedSpansException for a span that X-Ray has no place for */
    static void requireTakable(Span span) {
        if (span.traceId().length() != WIDE) {
            throw new MalformedSpansException(
                    "X-Ray takes trace ids of 128 bits whose first 32 are the time in seconds, and " + span.traceId()
                            + " has 64. Have the tracer make ids of 128 bits.");
        }
        if (span.timestampAsLong() == 0) {
            throw new MalformedSpansException("X-Ray takes no span without a timestamp, and " + span.id() + " of trace "
                    + span.traceId() + " has none");
        }
    }

    private void write(JsonGenerator json, boolean withTexts) throws IOException {
        boolean shared = Boolean.TRUE.equals(span.shared());
        json.writeStartObject();
        json.writeStringField("name", name());
        json.writeStringField("id", shared ? derivedId() : span.id());
        json.writeStringField(
                "trace_id",
                "1-" + span.traceId().substring(0, EPOCH_DIGITS) + "-"
                        + span.traceId().substring(EPOCH_DIGITS));
        String parent = shared ? span.id() : span.parentId();
        if (parent != null) {
            json.writeStringField("parent_id", parent);
        }
        if (!segment) {
            json.writeStringField("type", "subsegment");
            if (span.kind() != null) {
                json.writeStringField("namespace", "remote");
            }
        }
        writeTimes(json);
        writeHttp(json);
        writeErrors(json);
        String query = span.tags().get("sql.query");
        if (!segment && query != null && withTexts) {
            json.writeObjectFieldStart("sql");
            json.writeStringField("sanitized_query", query);
            json.writeEndObject();
        }
        if (withTexts) {
            writeAnnotations(json);
            writeMetadata(json);
        }
        json.writeEndObject();
    }

    /** A segment is its service; a subsegment the service that is called, or what is done. */
    private String name() {
        String name = segment ? span.localServiceName() : span.kind() == null ? span.name() : span.remoteServiceName();
        if (name == null) {
            name = span.name() == null ? "unknown" : span.name();
        }
        String allowed = name.replaceAll("[^\\p{L}\\p{N}\\s_.:/%&#=+\\\\\\-@]", "_");
        return allowed.substring(0, Math.min(MAX_NAME, allowed.length()));
    }

    /** Of 64 bits, another one for each id. */
    private String derivedId() {
        long mixed = Long.parseUnsignedLong(span.id(), 16) * 0x9e37_79b9_7f4a_7c15L;
        return HexFormat.of().toHexDigits(mixed ^ (mixed >>> 32));
    }

    private void writeTimes(JsonGenerator json) throws IOException {
        json.writeFieldName("start_time");
        json.writeNumber(seconds(span.timestampAsLong()));
        if (span.durationAsLong() == 0) {
            json.writeBooleanField("in_progress", true);
        } else {
            json.writeFieldName("end_time");
            json.writeNumber(seconds(span.timestampAsLong() + span.durationAsLong()));
        }
    }

    private static String seconds(long micros) {
        return micros / MICROS + "." + Long.toString(MICROS + micros % MICROS).substring(1);
    }

    private void writeHttp(JsonGenerator json) throws IOException {
        String method = span.tags().get("http.method");
        String url = span.tags().getOrDefault("http.url", span.tags().get("http.path"));
        String agent = span.tags().get("http.user_agent");
        String client =
                segment && span.remoteEndpoint() != null ? span.remoteEndpoint().ipv4() : null;
        int status = status();
        if (method == null && url == null && status == 0) {
            return;
        }
        json.writeObjectFieldStart("http");
        json.writeObjectFieldStart("request");
        writeUnlessNull(json, "method", method);
        writeUnlessNull(json, "url", url);
        writeUnlessNull(json, "user_agent", agent);
        writeUnlessNull(json, "client_ip", client);
        json.writeEndObject();
        if (status != 0) {
            json.writeObjectFieldStart("response");
            json.writeNumberField("status", status);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeUnlessNull(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, shortened(value));
        }
    }

    private int status() {
        String status = span.tags().get("http.status_code");
        return status != null && status.matches("[1-5][0-9][0-9]") ? Integer.parseInt(status) : 0;
    }

    /** 4xx is the caller's error, 429 a throttle too, everything else a fault. */
    private void writeErrors(JsonGenerator json) throws IOException {
        int status = status();
        String error = span.tags().get("error");
        if (status / 100 == 4) {
            json.writeBooleanField("error", true);
            if (status == 429) {
                json.writeBooleanField("throttle", true);
            }
        } else if (status / 100 == 5 || error != null) {
            json.writeBooleanField("fault", true);
        }
        if (error != null && !error.isEmpty()) {
            json.writeObjectFieldStart("cause");
            json.writeArrayFieldStart("exceptions");
            json.writeStartObject();
            json.writeStringField("id", derivedId());
            json.writeStringField("message", shortened(error));
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** Tags, which X-Ray can search by keys of letters, digits and underscores. */
    private void writeAnnotations(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("annotations");
        if (span.name() != null) {
            json.writeStringField("span_name", shortened(span.name()));
        }
        int written = 1;
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            if (!HTTP.contains(tag.getKey()) && written < MAX_ANNOTATIONS) {
                json.writeStringField(tag.getKey().replaceAll("[^A-Za-z0-9_]", "_"), shortened(tag.getValue()));
                written++;
            }
        }
        json.writeEndObject();
    }

    /** What happened when, as it was. */
    private void writeMetadata(JsonGenerator json) throws IOException {
        if (span.annotations().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("metadata");
        json.writeArrayFieldStart("zipkin");
        for (Annotation annotation : span.annotations()) {
            json.writeStartObject();
            json.writeFieldName("time");
            json.writeNumber(seconds(annotation.timestamp()));
            json.writeStringField("value", shortened(annotation.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE);
    }
}
