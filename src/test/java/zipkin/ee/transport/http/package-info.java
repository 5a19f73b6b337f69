/** Tests of {@code zipkin.ee.transport.http}. */
@NullMarked
package zipkin.ee.transport.http;

import org.jspecify.annotations.NullMarked;
