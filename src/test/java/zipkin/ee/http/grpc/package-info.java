/** Tests of {@code zipkin.ee.http.grpc}. */
@NullMarked
package zipkin.ee.http.grpc;

import org.jspecify.annotations.NullMarked;
