package zipkin.ee.codec.otlp;

import java.util.LinkedHashMap;
import java.util.Map;

/** The instrumentation that made spans or log records. */
final class OtlpScope {
    String name = "";
    String version = "";
    Map<String, OtlpValue> attributes = new LinkedHashMap<>();
}
