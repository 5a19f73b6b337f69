package zipkin.ee.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds why zipkin2 refuses a thrift list, and where. Source of the names: zipkinCore.thrift. */
final class ThriftFaults {
    private static final @Nullable String[] SPAN = {
        null,
        "trace_id",
        null,
        "name",
        "id",
        "parent_id",
        "annotations",
        null,
        "binary_annotations",
        "debug",
        "timestamp",
        "duration",
        "trace_id_high"
    };
    private static final @Nullable String[] ANNOTATION = {null, "timestamp", "value", "host"};
    private static final @Nullable String[] BINARY_ANNOTATION = {null, "key", "value", "annotation_type", "host"};
    private static final @Nullable String[] ENDPOINT = {null, "ipv4", "port", "service_name", "ipv6"};
    private static final int ANNOTATIONS = 6;
    private static final int BINARY_ANNOTATIONS = 8;

    private ThriftFaults() {}

    /** Returns null if no reason is found. The list has to be within the limits. */
    static @Nullable Fault find(byte[] body, Limits limits) {
        ThriftGuard guard = new ThriftGuard(body, new DecodeLimits(Encoding.THRIFT, limits), new TextEdits());
        int span = Fault.LIST;
        try {
            int count = guard.listLength();
            for (span = 0; span < count; span++) {
                int start = guard.place().position();
                guard.span();
                byte[] alone = Arrays.copyOfRange(body, start, guard.place().position());
                @Nullable String reason = Fault.refusal(alone, Encoding.THRIFT);
                if (reason != null) {
                    return ofSpan(span, reason);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            ThriftGuard.Place place = guard.place();
            String problem = "is cut off or has a wrong length, at byte " + place.position();
            return new Fault(span, span == Fault.LIST ? null : path(place), problem, null);
        }
        return null;
    }

    private static @Nullable String path(ThriftGuard.Place place) {
        @Nullable String field = name(SPAN, place.spanField());
        if (place.spanField() != ANNOTATIONS && place.spanField() != BINARY_ANNOTATIONS) {
            return field;
        }
        String path = field + "[" + place.annotation() + "]";
        @Nullable
        String inner = name(place.spanField() == ANNOTATIONS ? ANNOTATION : BINARY_ANNOTATION, place.annotationField());
        @Nullable String end = name(ENDPOINT, place.endpointField());
        return path + (inner == null ? "" : "." + inner) + (end == null ? "" : "." + end);
    }

    private static @Nullable String name(@Nullable String[] names, int number) {
        return number > 0 && number < names.length ? names[number] : null;
    }

    /** Describes why zipkin2 refuses a complete span: an id is 0. */
    private static Fault ofSpan(int span, String reason) {
        return switch (reason) {
            case "traceId == 0" -> new Fault(span, "trace_id", "is missing or 0", null);
            case "id == 0" -> new Fault(span, "id", "is missing or 0", null);
            default -> new Fault(span, null, "is refused", reason);
        };
    }
}
