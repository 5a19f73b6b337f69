package zipkin.ee.codec.otlp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A span as it was sent. Times are unsigned nanoseconds since 1970, 0 for none. */
final class OtlpSpan {
    static final int INTERNAL = 1;
    static final int SERVER = 2;
    static final int CLIENT = 3;
    static final int PRODUCER = 4;
    static final int CONSUMER = 5;
    static final int STATUS_OK = 1;
    static final int STATUS_ERROR = 2;

    OtlpId traceId = OtlpId.NONE;
    OtlpId id = OtlpId.NONE;
    OtlpId parentId = OtlpId.NONE;
    String traceState = "";
    String name = "";
    int kind;
    long startNanos;
    long endNanos;
    Map<String, OtlpValue> attributes = new LinkedHashMap<>();
    long droppedAttributes;
    List<Event> events = new ArrayList<>();
    long droppedEvents;
    List<Link> links = new ArrayList<>();
    long droppedLinks;
    int statusCode;
    String statusMessage = "";

    /** Whether an attribute has too many levels of arrays and maps and was not read to its end. */
    boolean tooDeep;

    /** Something that happened in the span. */
    static final class Event {
        long timeNanos;
        String name = "";
        Map<String, OtlpValue> attributes = new LinkedHashMap<>();
        long droppedAttributes;
    }

    /** A reference to another span. */
    static final class Link {
        OtlpId traceId = OtlpId.NONE;
        OtlpId id = OtlpId.NONE;
        String traceState = "";
        Map<String, OtlpValue> attributes = new LinkedHashMap<>();
        long droppedAttributes;
    }
}
