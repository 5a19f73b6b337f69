package zipkin.ee.storage.memory;

import zipkin.ee.codec.ColumnsToSpans;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.TextHash;
import zipkin2.Endpoint;

/** Compares stored spans with those of a message, by their bytes. */
final class SpanComparison {
    /** Tags or annotations up to which each one is compared with all others. */
    private static final int FEW = 16;

    private SpanComparison() {}

    /** @param cursor a cursor that has read the fields of the stored span */
    static boolean isSame(SpanCursor cursor, SpanColumns message, int span) {
        BlockView view = cursor.view();
        if (cursor.id != message.id(span)
                || cursor.parentId != message.parentId(span)
                || cursor.traceIdHigh != message.traceIdHigh(span)
                || cursor.timestampMicros != message.timestampMicros(span)
                || cursor.durationMicros != message.durationMicros(span)
                || cursor.flags != (message.flags(span) & 0xff)
                || !isSame(view, cursor.name, message, message.name(span))
                || !isSameEndpoint(view, cursor.localEndpoint, message, message.localEndpoint(span))
                || !isSameEndpoint(view, cursor.remoteEndpoint, message, message.remoteEndpoint(span))) {
            return false;
        }
        int tags = message.endOfTags(span) - message.firstTag(span);
        int annotations = message.endOfAnnotations(span) - message.firstAnnotation(span);
        if (cursor.tags != tags) {
            return false;
        }
        if (tags > FEW || annotations > FEW) {
            return cursor.span().equals(ColumnsToSpans.span(message, span));
        }
        return hasSameTags(cursor, message, span) && hasSameAnnotations(cursor, message, span, annotations);
    }

    private static boolean hasSameTags(SpanCursor cursor, SpanColumns message, int span) {
        BlockView view = cursor.view();
        for (int i = 0; i < cursor.tags; i++) {
            cursor.nextTag();
            int end = message.endOfTags(span);
            int tag = message.firstTag(span) + i;
            if (isSame(view, cursor.key, message, message.tagKey(tag))
                    && isSame(view, cursor.value, message, message.tagValue(tag))) {
                continue; // usually they have the same order
            }
            tag = message.firstTag(span);
            while (tag < end
                    && !(isSame(view, cursor.key, message, message.tagKey(tag))
                            && isSame(view, cursor.value, message, message.tagValue(tag)))) {
                tag++;
            }
            if (tag == end) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasSameAnnotations(SpanCursor cursor, SpanColumns message, int span, int count) {
        BlockView view = cursor.view();
        cursor.openAnnotations();
        if (cursor.annotations != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            cursor.nextAnnotation();
            int annotation = message.firstAnnotation(span);
            int end = message.endOfAnnotations(span);
            while (annotation < end
                    && !(cursor.annotationMicros == message.annotationMicros(annotation)
                            && isSame(view, cursor.value, message, message.annotationValue(annotation)))) {
                annotation++;
            }
            if (annotation == end) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(BlockView view, int stored, SpanColumns message, int text) {
        if (stored == 0 || text == 0) {
            return stored == text;
        }
        int start = view.texts().start(stored);
        int length = view.texts().end(stored) - start;
        return length == message.textLength(text)
                && TextHash.equals(
                        view.texts().bytes(), start, message.textBytes(text), message.textFrom(text), length);
    }

    private static boolean isSameEndpoint(BlockView view, int stored, SpanColumns message, int endpoint) {
        if (stored == 0 || endpoint == 0) {
            return stored == endpoint;
        }
        Endpoint known = view.endpoint(stored);
        return known.equals(message.endpoint(endpoint));
    }
}
