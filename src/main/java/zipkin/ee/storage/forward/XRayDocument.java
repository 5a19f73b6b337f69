package zipkin.ee.storage.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.MalformedSpansException;
import zipkin2.Span;

/**
 * Writes a span as a <a
 * href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html">segment
 * document</a> of AWS X-Ray. Spans of the kinds SERVER and CONSUMER and root spans are segments.
 * Other spans are subsegments, remote ones where they call another service. X-Ray has one document
 * for each id, so the server's side of a shared span gets an id that is derived from the shared
 * one, which becomes its parent.
 */
final class XRayDocument {
    private static final int MAX_NAME = 200;
    private static final int MAX_VALUE = 1000;
    private static final int WIDE = 32;
    private static final int EPOCH_DIGITS = 8;
    private static final long MICROS = 1_000_000;
    static final List<String> AWS =
            List.of("operation", "account_id", "region", "request_id", "queue_url", "table_name");
    static final List<String> EC2 = List.of("availability_zone", "instance_id");
    static final List<String> SQL = List.of(
            "url", "preparation", "database_type", "database_version", "driver_version", "user", "sanitized_query");
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
     * @param span one that {@link #requireTakable} has accepted
     * @param withTexts false leaves out what may be long: annotations and metadata
     */
    static byte[] of(Span span, boolean withTexts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            new XRayDocument(span).write(json, withTexts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws MalformedSpansException for a span that X-Ray would refuse */
    static void requireTakable(Span span) {
        if (span.traceId().length() != WIDE) {
            throw new MalformedSpansException(
                    "X-Ray takes trace ids of 128 bits whose first 32 are the time in seconds, and " + span.traceId()
                            + " has 64. Have the tracer make ids of 128 bits.");
        }
        SharedSpanIds.requireTimestamp(span, "X-Ray");
    }

    private void write(JsonGenerator json, boolean withTexts) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name());
        json.writeStringField("id", SharedSpanIds.id(span));
        json.writeStringField(
                "trace_id",
                "1-" + span.traceId().substring(0, EPOCH_DIGITS) + "-"
                        + span.traceId().substring(EPOCH_DIGITS));
        String parent = SharedSpanIds.parentId(span);
        if (parent != null) {
            json.writeStringField("parent_id", parent);
        }
        if (!segment) {
            json.writeStringField("type", "subsegment");
        }
        String namespace = span.tags().get("xray.namespace");
        if (namespace != null) {
            json.writeStringField("namespace", namespace);
        } else if (!segment && span.kind() != null) {
            json.writeStringField("namespace", "remote");
        }
        writeTimes(json);
        writeHttp(json);
        writeErrors(json);
        writeAws(json);
        if (withTexts) {
            writeFields(json, "sql", "sql.", SQL);
            new XRayTexts(span).write(json);
        }
        json.writeEndObject();
    }

    /** A segment has its service's name; a subsegment the called service's, or the span's own. */
    private String name() {
        String name = segment
                ? span.localServiceName()
                : span.kind() == null
                        ? span.name()
                        : span.remoteServiceName() != null
                                ? span.remoteServiceName()
                                : span.tags().get("http.host");
        if (name == null) {
            name = span.name() == null ? "unknown" : span.name();
        }
        String allowed = name.replaceAll("[^\\p{L}\\p{N}\\s_.:/%&#=+\\\\\\-@]", "_");
        return allowed.substring(0, Math.min(MAX_NAME, allowed.length()));
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

    static String seconds(long micros) {
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

    /** A status of 4xx is an error, 429 a throttle too; 5xx and other errors are faults. */
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
            json.writeStringField("id", SharedSpanIds.derivedId(span));
            json.writeStringField("message", shortened(error));
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** Writes what X-Ray knows about calls of AWS and about the host of a service. */
    private void writeAws(JsonGenerator json) throws IOException {
        writeUnlessNull(json, "origin", span.tags().get("aws.origin"));
        json.writeObjectFieldStart("aws");
        json.writeObjectFieldStart("xray");
        json.writeStringField("sdk", span.tags().getOrDefault("aws.xray.sdk", "Zipkin"));
        json.writeEndObject();
        for (String field : AWS) {
            writeUnlessNull(json, field, span.tags().get("aws." + field));
        }
        writeFields(json, "ec2", "aws.ec2.", EC2);
        json.writeEndObject();
    }

    /** Writes an object of the tags with a prefix, if there are any. */
    private void writeFields(JsonGenerator json, String object, String prefix, List<String> fields) throws IOException {
        if (fields.stream().noneMatch(field -> span.tags().containsKey(prefix + field))) {
            return;
        }
        json.writeObjectFieldStart(object);
        for (String field : fields) {
            writeUnlessNull(json, field, span.tags().get(prefix + field));
        }
        json.writeEndObject();
    }

    static String shortened(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE);
    }
}
