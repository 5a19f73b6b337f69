/**
 * Zipkin's query API, GET /api/v2. May use zipkin2.storage, config, concurrent, http and
 * jakarta.ws.rs.
 */
@NullMarked
package zipkin.ee.query;

import org.jspecify.annotations.NullMarked;
