package zipkin.ee.codec.otlp;

import java.util.List;
import zipkin2.Span;

/**
 * The result of reading one request for traces.
 *
 * @param spans the spans that can be stored, in the order of the request
 * @param refused how many spans were left out: {@code rejected_spans} of the response
 * @param refusal why, in at most 1,024 characters: {@code error_message} of the response; empty
 *     when none was refused
 */
public record OtlpTraces(List<Span> spans, long refused, String refusal) {}
