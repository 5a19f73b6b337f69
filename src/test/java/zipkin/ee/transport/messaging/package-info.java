@NullMarked
package zipkin.ee.transport.messaging;

import org.jspecify.annotations.NullMarked;
