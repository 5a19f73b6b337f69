/**
 * gRPC over HTTP/2 for services of one message a call: the frames and trailers of <a
 * href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">its protocol</a>. HTTP/2 is
 * the application server's. May use budget, codec, collect, config, http, http.body,
 * text and jakarta.servlet.
 */
@NullMarked
package zipkin.ee.http.grpc;

import org.jspecify.annotations.NullMarked;
