/**
 * Message transports against real brokers and a real WildFly: nothing is lost, nothing is let in.
 */
@NullMarked
package zipkin.ee.messaging;

import org.jspecify.annotations.NullMarked;
