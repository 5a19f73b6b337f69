package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * Reads a v2 JSON list as tracers write it, straight from its bytes. Leaves unusual and malformed
 * lists to zipkin2's reader, which alone decides what is accepted. Used by one thread.
 */
final class JsonV2Reader {
    private static final Span.Kind[] KINDS = Span.Kind.values();
    private static final byte[][] KIND_WORDS =
            Arrays.stream(KINDS).map(kind -> ascii(kind.name())).toArray(byte[][]::new);
    private static final byte[] ID = ascii("id");
    private static final byte[] KIND = ascii("kind");
    private static final byte[] NAME = ascii("name");
    private static final byte[] TAGS = ascii("tags");
    private static final byte[] DEBUG = ascii("debug");
    private static final byte[] SHARED = ascii("shared");
    private static final byte[] TRACE_ID = ascii("traceId");
    private static final byte[] PARENT_ID = ascii("parentId");
    private static final byte[] DURATION = ascii("duration");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] ANNOTATIONS = ascii("annotations");
    private static final byte[] LOCAL_ENDPOINT = ascii("localEndpoint");
    private static final byte[] REMOTE_ENDPOINT = ascii("remoteEndpoint");
    private static final byte[] VALUE = ascii("value");
    private static final byte[] SERVICE_NAME = ascii("serviceName");
    private static final byte[] IPV4 = ascii("ipv4");
    private static final byte[] IPV6 = ascii("ipv6");
    private static final byte[] PORT = ascii("port");

    private final byte[] body;
    private final SpanColumnsBuilder spans;
    private final JsonCursor json;
    private final KnownEndpoints endpoints;
    private int traceIdFrom;
    private int traceIdLength;
    private long traceIdHigh;
    private long traceId;
    private int seen;

    private JsonV2Reader(byte[] body, SpanColumnsBuilder spans) {
        this.body = body;
        this.spans = spans;
        this.json = new JsonCursor(body, spans.texts());
        this.endpoints = new KnownEndpoints(body);
    }

    /** Fills {@code spans} and returns true, or returns false if zipkin2's reader has to look. */
    static boolean read(byte[] body, SpanColumns spans) {
        spans.begin(body);
        try {
            new JsonV2Reader(body, new SpanColumnsBuilder(spans)).list();
            return true;
        } catch (FastPathUnsupportedException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // unusual, malformed or cut off
        }
    }

    private static byte[] ascii(String word) {
        return word.getBytes(ISO_8859_1);
    }

    private void list() {
        json.expect('[');
        do {
            span();
        } while (json.take(','));
        json.expect(']');
        json.expectEnd();
    }

    private void span() {
        spans.beginSpan();
        seen = 0;
        json.expect('{');
        do {
            json.key();
            field();
        } while (json.take(','));
        json.expect('}');
        spans.endSpan();
    }

    private void field() {
        switch (json.end() - json.start()) {
            case 2 -> {
                once(ID, 0);
                json.word();
                spans.id(Hex.number(body, json.start(), json.end()));
            }
            case 4 -> shortField();
            case 5 -> {
                once(DEBUG, 1);
                if (json.bool()) {
                    spans.debug(true);
                }
            }
            case 6 -> {
                once(SHARED, 2);
                if (json.bool()) {
                    spans.shared();
                }
            }
            case 7 -> {
                once(TRACE_ID, 3);
                traceId();
            }
            case 8 -> {
                if (json.isWord(PARENT_ID)) {
                    once(4);
                    json.word();
                    spans.parentId(Hex.number(body, json.start(), json.end()));
                } else {
                    once(DURATION, 5);
                    spans.duration(json.number());
                }
            }
            case 9 -> {
                once(TIMESTAMP, 6);
                spans.timestamp(json.number());
            }
            case 11 -> {
                once(ANNOTATIONS, 7);
                annotations();
            }
            case 13 -> {
                once(LOCAL_ENDPOINT, 8);
                spans.localEndpoint(endpoint());
            }
            case 14 -> {
                once(REMOTE_ENDPOINT, 9);
                spans.remoteEndpoint(endpoint());
            }
            default -> throw new FastPathUnsupportedException();
        }
    }

    private void shortField() {
        if (json.isWord(TAGS)) {
            once(10);
            tags();
        } else if (json.isWord(NAME)) {
            once(11);
            spans.name(json.lowerCaseText());
        } else {
            once(KIND, 12);
            spans.kind(kind());
        }
    }

    private void once(byte[] key, int field) {
        if (!json.isWord(key)) {
            throw new FastPathUnsupportedException();
        }
        once(field);
    }

    private void once(int field) {
        if ((seen & 1 << field) != 0) {
            throw new FastPathUnsupportedException();
        }
        seen |= 1 << field;
    }

    private Span.Kind kind() {
        json.word();
        for (int i = 0; i < KINDS.length; i++) {
            if (json.isWord(KIND_WORDS[i])) {
                return KINDS[i];
            }
        }
        throw new FastPathUnsupportedException();
    }

    /** Reads a trace id, which usually is that of the previous span. */
    private void traceId() {
        if (!json.takeString(traceIdFrom, traceIdLength)) {
            json.word();
            int from = json.start();
            int to = json.end();
            traceIdHigh = to - from == 32 ? Hex.number(body, from, from + 16) : 0;
            traceId = Hex.number(body, to - from == 32 ? from + 16 : from, to);
            traceIdFrom = from;
            traceIdLength = to - from;
        }
        spans.traceId(traceIdHigh, traceId);
    }

    private void tags() {
        json.expect('{');
        if (json.take('}')) {
            return;
        }
        do {
            int key = json.text();
            json.expect(':');
            spans.tag(key, json.text());
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
        int value = 0;
        json.expect('{');
        do {
            json.key();
            if (json.isWord(TIMESTAMP)) {
                timestampMicros = json.number();
            } else if (json.isWord(VALUE)) {
                value = json.text();
            } else {
                throw new FastPathUnsupportedException();
            }
        } while (json.take(','));
        json.expect('}');
        if (timestampMicros == 0 || value == 0) {
            throw new FastPathUnsupportedException();
        }
        spans.annotation(timestampMicros, value);
    }

    /** A known endpoint is compared with its last brace, so it also ends where this one does. */
    private int endpoint() {
        int start = json.position();
        int known = endpoints.beginningAt(start);
        if (known >= 0) {
            json.moveTo(start + endpoints.length(known));
            return endpoints.get(known);
        }
        int read = spans.addEndpoint(readEndpoint());
        return endpoints.remember(start, json.position() - start, read);
    }

    private Endpoint readEndpoint() {
        Endpoint.Builder endpoint = Endpoint.newBuilder();
        json.expect('{');
        if (json.take('}')) {
            return endpoint.build();
        }
        do {
            json.key();
            if (json.isWord(SERVICE_NAME)) {
                endpoint.serviceName(json.string());
            } else if (json.isWord(IPV4) || json.isWord(IPV6)) {
                endpoint.parseIp(json.string());
            } else if (json.isWord(PORT)) {
                endpoint.port(Math.toIntExact(Math.min(json.number(), Integer.MAX_VALUE)));
            } else {
                throw new FastPathUnsupportedException();
            }
        } while (json.take(','));
        json.expect('}');
        return endpoint.build();
    }
}
