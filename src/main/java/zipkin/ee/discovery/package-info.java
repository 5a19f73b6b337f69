/**
 * Registers this server with Eureka by its <a
 * href="https://github.com/Netflix/eureka/wiki/Eureka-REST-operations">REST operations</a>. May use
 * ops' address, concurrent, config, http.client, jakarta.servlet and Jackson's streams.
 */
@NullMarked
package zipkin.ee.discovery;

import org.jspecify.annotations.NullMarked;
