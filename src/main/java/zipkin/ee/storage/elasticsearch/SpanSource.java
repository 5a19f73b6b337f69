package zipkin.ee.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Spans from the {@code _source} of their documents: v2 JSON, among fields that are not the span's.
 */
final class SpanSource {
    /** The tag that links count. */
    private static final String ERROR = "error";

    private SpanSource() {}

    /**
     * @param parser at the START_OBJECT of a source
     */
    static Span read(JsonParser parser) throws IOException {
        return readSpan(parser, true);
    }

    /**
     * Reads a span without annotations and tags but the one that makes a link's error: three
     * quarters of a usual document.
     *
     * @param parser at the START_OBJECT of a source
     */
    static Span readForLinks(JsonParser parser) throws IOException {
        return readSpan(parser, false);
    }

    private static Span readSpan(JsonParser parser, boolean whole) throws IOException {
        Span.Builder span = Span.newBuilder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "traceId" -> span.traceId(parser.getText());
                case "parentId" -> span.parentId(parser.getText());
                case "id" -> span.id(parser.getText());
                case "kind" -> span.kind(Span.Kind.valueOf(parser.getText()));
                case "name" -> span.name(parser.getText());
                case "timestamp" -> span.timestamp(parser.getLongValue());
                case "duration" -> span.duration(parser.getLongValue());
                case "localEndpoint" -> span.localEndpoint(readEndpoint(parser));
                case "remoteEndpoint" -> span.remoteEndpoint(readEndpoint(parser));
                case "annotations" -> {
                    if (whole) {
                        readAnnotations(parser, span);
                    } else {
                        parser.skipChildren();
                    }
                }
                case "tags" -> readTags(parser, span, whole);
                case "debug" -> span.debug(parser.getBooleanValue());
                case "shared" -> span.shared(parser.getBooleanValue());
                default -> parser.skipChildren();
            }
        }
        return span.build();
    }

    private static Endpoint readEndpoint(JsonParser parser) throws IOException {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "serviceName" -> endpoint.serviceName(parser.getText());
                case "ipv4", "ipv6" -> endpoint.parseIp(parser.getText());
                case "port" -> endpoint.port(parser.getIntValue());
                default -> parser.skipChildren();
            }
        }
        return endpoint.build();
    }

    private static void readAnnotations(JsonParser parser, Span.Builder span) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            long timestampMicros = 0;
            String value = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "timestamp" -> timestampMicros = parser.getLongValue();
                    case "value" -> value = parser.getText();
                    default -> parser.skipChildren();
                }
            }
            addAnnotation(span, timestampMicros, value);
        }
    }

    private static void addAnnotation(Span.Builder span, long timestampMicros, @Nullable String value) {
        if (value != null) {
            span.addAnnotation(timestampMicros, value);
        }
    }

    private static void readTags(JsonParser parser, Span.Builder span, boolean all) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            if (all || key.equals(ERROR)) {
                span.putTag(key, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }
}
