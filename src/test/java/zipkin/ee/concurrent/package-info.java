/** Tests of {@code zipkin.ee.concurrent}. */
@NullMarked
package zipkin.ee.concurrent;

import org.jspecify.annotations.NullMarked;
