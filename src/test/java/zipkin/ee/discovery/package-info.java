/** Tests of {@code zipkin.ee.discovery}. */
@NullMarked
package zipkin.ee.discovery;

import org.jspecify.annotations.NullMarked;
