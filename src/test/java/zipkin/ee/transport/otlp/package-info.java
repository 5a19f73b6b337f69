/** Tests of {@code zipkin.ee.transport.otlp}. */
@NullMarked
package zipkin.ee.transport.otlp;

import org.jspecify.annotations.NullMarked;
