/** Tests of {@code zipkin.ee.selftracing}. */
@NullMarked
package zipkin.ee.selftracing;

import org.jspecify.annotations.NullMarked;
