package zipkin.ee.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Reads a v2 JSON list as tracers write it, straight from its bytes, with one object for what comes again. Leaves everything else to that reader: what is unusual, and all that is wrong, so that its acceptance and its texts stay the measure. Used
 * by one thread.
 */
final class JsonV2Reader {
    private final JsonCursor json;
    private final Span.Builder span = Span.newBuilder();
    private final KnownEndpoints endpoints;
    private String traceId = "";
    private int seen;

    private JsonV2Reader(JsonCursor json) {
        this.json = json;
        this.endpoints = new KnownEndpoints(json.body);
    }

    /** The spans, or null when zipkin2's reader has to look. */
    static @Nullable List<Span> read(byte[] body, Texts texts) {
        try {
            return new JsonV2Reader(new JsonCursor(body, texts)).list();
        } catch (UnusualException | IllegalArgumentException | IllegalStateException e) {
            return null;
        } catch (IndexOutOfBoundsException e) {
            return null; // the end of the text came too early
        }
    }

    private List<Span> list() {
        List<Span> spans = new ArrayList<>();
        json.expect('[');
        do {
            spans.add(span());
        } while (json.take(','));
        json.expect(']');
        json.expectEnd();
        return spans;
    }

    private Span span() {
        span.clear();
        seen = 0;
        json.expect('{');
        do {
            field(json.key());
        } while (json.take(','));
        json.expect('}');
        return span.build();
    }

    private void field(String key) {
        switch (key) {
            case "traceId" -> {
                once(0);
                span.traceId(traceId());
            }
            case "parentId" -> {
                once(1);
                span.parentId(json.string());
            }
            case "id" -> {
                once(2);
                span.id(json.string());
            }
            case "kind" -> {
                once(3);
                span.kind(Span.Kind.valueOf(json.string()));
            }
            case "name" -> {
                once(4);
                span.name(json.string());
            }
            case "timestamp" -> {
                once(5);
                span.timestamp(json.number());
            }
            case "duration" -> {
                once(6);
                span.duration(json.number());
            }
            case "localEndpoint" -> {
                once(7);
                span.localEndpoint(endpoint());
            }
            case "remoteEndpoint" -> {
                once(8);
                span.remoteEndpoint(endpoint());
            }
            case "annotations" -> {
                once(9);
                annotations();
            }
            case "tags" -> {
                once(10);
                tags();
            }
            case "debug" -> {
                once(11);
                if (json.bool()) {
                    span.debug(true);
                }
            }
            case "shared" -> {
                once(12);
                if (json.bool()) {
                    span.shared(true);
                }
            }
            default -> throw new UnusualException();
        }
    }

    private void once(int field) {
        if ((seen & 1 << field) != 0) {
            throw new UnusualException();
        }
        seen |= 1 << field;
    }

    /** Mostly that of the span before. */
    private String traceId() {
        if (traceId.isEmpty() || !json.takeString(traceId)) {
            traceId = json.string();
        }
        return traceId;
    }

    private void tags() {
        json.expect('{');
        if (json.take('}')) {
            return;
        }
        do {
            String key = json.key();
            span.putTag(key, json.string());
        } while (json.take(','));
        json.expect('}');
    }

    private void annotations() {
        json.expect('[');
        if (json.take(']')) {
            return;
        }
        do {
            annotation();
        } while (json.take(','));
        json.expect(']');
    }

    private void annotation() {
        long timestampMicros = 0;
        @Nullable String value = null;
        json.expect('{');
        do {
            switch (json.key()) {
                case "timestamp" -> timestampMicros = json.number();
                case "value" -> value = json.string();
                default -> throw new UnusualException();
            }
        } while (json.take(','));
        json.expect('}');
        if (timestampMicros == 0 || value == null) {
            throw new UnusualException();
        }
        span.addAnnotation(timestampMicros, value);
    }

    /** What is compared is a whole object, so that its end is the end of this one too. */
    private Endpoint endpoint() {
        int start = json.position();
        int known = endpoints.beginningAt(start);
        if (known >= 0) {
            json.moveTo(start + endpoints.length(known));
            return endpoints.get(known);
        }
        Endpoint read = readEndpoint();
        return endpoints.remember(start, json.position() - start, read);
    }

    private Endpoint readEndpoint() {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        json.expect('{');
        if (json.take('}')) {
            return endpoint.build();
        }
        do {
            switch (json.key()) {
                case "serviceName" -> endpoint.serviceName(json.string());
                case "ipv4", "ipv6" -> endpoint.parseIp(json.string());
                case "port" -> endpoint.port(Math.toIntExact(Math.min(json.number(), Integer.MAX_VALUE)));
                default -> throw new UnusualException();
            }
        } while (json.take(','));
        json.expect('}');
        return endpoint.build();
    }
}
