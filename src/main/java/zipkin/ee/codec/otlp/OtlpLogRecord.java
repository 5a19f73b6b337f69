package zipkin.ee.codec.otlp;

import java.util.LinkedHashMap;
import java.util.Map;

/** A log record as it was sent. Times are unsigned nanoseconds since 1970, 0 for none. */
final class OtlpLogRecord {
    OtlpId traceId = OtlpId.NONE;
    OtlpId spanId = OtlpId.NONE;
    long timeNanos;
    long observedTimeNanos;
    int severityNumber;
    String severityText = "";
    OtlpValue body = OtlpValue.Empty.VALUE;
    Map<String, OtlpValue> attributes = new LinkedHashMap<>();
    long droppedAttributes;
    String eventName = "";

    /** Whether a value has too many levels of arrays and maps and was not read to its end. */
    boolean tooDeep;
}
