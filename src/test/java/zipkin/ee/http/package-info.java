/** Tests of {@code zipkin.ee.http}. */
@NullMarked
package zipkin.ee.http;

import org.jspecify.annotations.NullMarked;
