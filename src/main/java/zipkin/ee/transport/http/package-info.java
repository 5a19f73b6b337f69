/**
 * Spans over HTTP: POST /api/v1/spans and /api/v2/spans, decompressed within bounds, and outcomes
 * mapped to statuses. May use collect, codec, concurrent, config, http, jakarta.ws.rs and
 * jakarta.servlet.
 */
@NullMarked
package zipkin.ee.transport.http;

import org.jspecify.annotations.NullMarked;
