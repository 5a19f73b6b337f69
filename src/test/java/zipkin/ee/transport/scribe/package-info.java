/** Tests of {@code zipkin.ee.transport.scribe}. */
@NullMarked
package zipkin.ee.transport.scribe;

import org.jspecify.annotations.NullMarked;
