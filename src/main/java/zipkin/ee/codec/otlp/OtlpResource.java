package zipkin.ee.codec.otlp;

import java.util.LinkedHashMap;
import java.util.Map;

/** What emitted spans or log records. */
final class OtlpResource {
    Map<String, OtlpValue> attributes = new LinkedHashMap<>();
}
