/**
 * Bodies of requests, received without holding a thread: bounded, timed, refused when they must be,
 * and attached to the request of the transport that takes them. May use config, concurrent, http
 * and jakarta.servlet; knows no transport.
 */
@NullMarked
package zipkin.ee.http.body;

import org.jspecify.annotations.NullMarked;
