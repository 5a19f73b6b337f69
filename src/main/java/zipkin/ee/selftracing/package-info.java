/**
 * SELF_TRACING_ENABLED: sends the requests that this server answers to the collector, as spans of
 * the service zipkin-server. While it is off, nothing of it is created. May use collect, codec,
 * concurrent, config, http, Brave and jakarta.servlet.
 */
@NullMarked
package zipkin.ee.selftracing;

import org.jspecify.annotations.NullMarked;
