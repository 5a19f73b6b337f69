/**
 * Detects the encoding of messages and reads spans from them. May use zipkin2 and Jackson only.
 *
 * <p>zipkin2's decoders define what is accepted. But they trust their input: some short messages
 * keep them busy for ever, overflow the stack or fill the heap. {@link zipkin.ee.codec.SpanReader}
 * therefore has a guard walk over each message first. Faster readers then read messages as tracers
 * write them and leave all others to zipkin2. Typed values of v1 spans, which zipkin2 ignores, are
 * replaced by text for it. If zipkin2 refuses a message, a fault finder reads it again to report
 * where.
 */
@NullMarked
package zipkin.ee.codec;

import org.jspecify.annotations.NullMarked;
