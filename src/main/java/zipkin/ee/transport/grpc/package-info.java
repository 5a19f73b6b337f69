/**
 * Spans over gRPC: {@code zipkin.proto3.SpanService/Report} on the port of HTTP, by the frames and
 * trailers of <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over
 * HTTP/2</a>, whose frames the application server reads and writes. May use collect, codec, config,
 * http, http.body and jakarta.servlet.
 */
@NullMarked
package zipkin.ee.transport.grpc;

import org.jspecify.annotations.NullMarked;
