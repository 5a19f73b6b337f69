/**
 * Receives the bodies of requests without holding a thread, within limits of size, time and memory,
 * for the transport that takes them. May use config, concurrent, http and jakarta.servlet; knows no
 * transport.
 */
@NullMarked
package zipkin.ee.http.body;

import org.jspecify.annotations.NullMarked;
