/**
 * Spans over gRPC: {@code zipkin.proto3.SpanService/Report} on the port of HTTP. May use budget,
 * collect, codec, config, http.grpc and jakarta.servlet.
 */
@NullMarked
package zipkin.ee.transport.grpc;

import org.jspecify.annotations.NullMarked;
