/** Tests of {@code zipkin.ee.storage.forward}. */
@NullMarked
package zipkin.ee.storage.forward;

import org.jspecify.annotations.NullMarked;
