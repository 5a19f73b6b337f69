package zipkin.ee.codec;

import java.util.List;
import java.util.Map;
import zipkin2.Annotation;
import zipkin2.Span;

/**
 * Estimates the heap bytes of zipkin2's spans. The figures were measured on a JVM with compressed
 * pointers with lists of 20,000 to 50,000 spans, and rounded up.
 */
public final class SpanSize {
    /** Includes ids, name and maps. */
    private static final int SPAN = 256;

    private static final int ENDPOINT = 160;
    private static final int TAG = 152;
    private static final int ANNOTATION = 96;

    private SpanSize() {}

    public static long of(List<Span> spans) {
        long tags = 0;
        long annotations = 0;
        long endpoints = 0;
        long characters = 0;
        for (Span span : spans) {
            endpoints += (span.localEndpoint() == null ? 0 : 1) + (span.remoteEndpoint() == null ? 0 : 1);
            characters += span.name() == null ? 0 : span.name().length();
            tags += span.tags().size();
            for (Map.Entry<String, String> tag : span.tags().entrySet()) {
                characters += tag.getKey().length() + tag.getValue().length();
            }
            annotations += span.annotations().size();
            for (Annotation annotation : span.annotations()) {
                characters += annotation.value().length();
            }
        }
        return of(spans.size(), endpoints, tags, annotations, characters);
    }

    public static long of(Span span) {
        return of(List.of(span));
    }

    static long of(long spans, long endpoints, long tags, long annotations, long characters) {
        return SPAN * spans + ENDPOINT * endpoints + TAG * tags + ANNOTATION * annotations + characters;
    }
}
