/**
 * SELF_TRACING_ENABLED: the requests that this server answers, as spans of the service
 * zipkin-server, through the collector. Nothing of it is there while it is off. May use collect,
 * codec, concurrent, config, http, Brave and jakarta.servlet.
 */
@NullMarked
package zipkin.ee.selftracing;

import org.jspecify.annotations.NullMarked;
