package zipkin.ee.codec.otlp;

import java.util.List;
import zipkin2.Span;

/**
 * The result of reading one request for logs.
 *
 * @param spans one partial span for each annotation: ids, service name and the annotation. A
 *     storage joins it to the span itself when the trace is read
 * @param records the number of log records in the request, events or not
 */
public record OtlpLogs(List<Span> spans, long records) {}
