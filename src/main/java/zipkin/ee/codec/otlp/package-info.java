/**
 * Reads OTLP requests for traces and logs, in protobuf and in JSON, into zipkin2's spans, and
 * writes spans as requests for traces, in protobuf. May use {@code codec}, zipkin2 and Jackson
 * only.
 *
 * <p>Both encodings fill the same intermediate form: {@link zipkin.ee.codec.otlp.OtlpSpan},
 * {@link zipkin.ee.codec.otlp.OtlpValue} and their neighbors. One mapper turns it into spans, so
 * that the encodings cannot differ, and one turns spans into it. Field numbers are those of
 * opentelemetry-proto 1.11.0.
 */
@NullMarked
package zipkin.ee.codec.otlp;

import org.jspecify.annotations.NullMarked;
