/** Tests of {@code zipkin.ee.transport.grpc}. */
@NullMarked
package zipkin.ee.transport.grpc;

import org.jspecify.annotations.NullMarked;
