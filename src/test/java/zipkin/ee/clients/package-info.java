/**
 * Tracers as applications use them report to a running Zipkin EE and read their trace back. May use
 * the tracers, zipkin2 and {@code zipkin.ee.testing}; nothing of the server's own code.
 */
@NullMarked
package zipkin.ee.clients;

import org.jspecify.annotations.NullMarked;
