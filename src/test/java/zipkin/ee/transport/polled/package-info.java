/** Loops of polled transports. */
@NullMarked
package zipkin.ee.transport.polled;

import org.jspecify.annotations.NullMarked;
