/** Tests of {@code zipkin.ee.collect}. */
@NullMarked
package zipkin.ee.collect;

import org.jspecify.annotations.NullMarked;
