/** Tests of {@code zipkin.ee.transport.kinesis}. */
@NullMarked
package zipkin.ee.transport.kinesis;

import org.jspecify.annotations.NullMarked;
