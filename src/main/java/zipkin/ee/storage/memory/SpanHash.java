package zipkin.ee.storage.memory;

import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.TextHash;

/** Hashes whole spans, to find duplicates. */
final class SpanHash {
    private SpanHash() {}

    /**
     * Equal spans have the same hash, whatever the order of their tags. Seeded as {@link TextHash}.
     */
    static int of(SpanColumns message, int span) {
        int tags = 0;
        for (int tag = message.firstTag(span); tag < message.endOfTags(span); tag++) {
            tags += TextHash.of(message.textHash(message.tagKey(tag)), message.textHash(message.tagValue(tag)));
        }
        for (int a = message.firstAnnotation(span); a < message.endOfAnnotations(span); a++) {
            tags += TextHash.of(message.annotationMicros(a), message.textHash(message.annotationValue(a)));
        }
        int hash = TextHash.of(message.id(span), tags + message.flags(span));
        hash = TextHash.of(message.parentId(span), hash);
        hash = TextHash.of(message.timestampMicros(span), hash);
        hash = TextHash.of(message.durationMicros(span), hash);
        hash = TextHash.of(message.traceIdHigh(span), hash);
        hash = TextHash.of(hash, message.name(span) == 0 ? 0 : message.textHash(message.name(span)));
        hash = TextHash.of(hash, endpoint(message, message.localEndpoint(span)));
        return TextHash.of(hash, endpoint(message, message.remoteEndpoint(span)));
    }

    private static int endpoint(SpanColumns message, int endpoint) {
        return endpoint == 0 ? 0 : message.endpointHash(endpoint);
    }
}
