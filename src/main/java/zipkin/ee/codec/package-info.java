/**
 * From bytes to spans: which encoding a message is in, and reading it without harm to the server.
 * May use zipkin2 and Jackson only.
 *
 * <p>zipkin2's decoders define what is read and what is refused. They trust their input, though:
 * some short messages keep them busy for ever, overflow the stack or fill the heap.
 * {@link zipkin.ee.codec.SpanReader} walks over the bytes before they do and keeps out just those
 * messages. Messages as tracers write them are read by faster readers of our own, which leave all
 * others to zipkin2's. What those refuse is read once more, to say where. What they would leave out
 * of v1 spans, they get as text.
 */
@NullMarked
package zipkin.ee.codec;

import org.jspecify.annotations.NullMarked;
