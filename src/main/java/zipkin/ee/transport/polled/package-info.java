/**
 * What transports have in common whose broker is polled: {@link PollLoop} runs their pollers on
 * threads of the application server, with pauses, back-off and the state that /health shows. May
 * use collect, concurrent, text and jakarta.servlet.
 */
@NullMarked
package zipkin.ee.transport.polled;

import org.jspecify.annotations.NullMarked;
