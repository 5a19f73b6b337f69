/** Tests of {@code zipkin.ee.query}. */
@NullMarked
package zipkin.ee.query;

import org.jspecify.annotations.NullMarked;
