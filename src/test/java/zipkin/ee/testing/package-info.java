/**
 * Starts and stops the servers that integration tests talk to: Zipkin EE on WildFly, as
 * {@code mvn package} leaves it, and the reference, {@code io.zipkin:zipkin-server}; and speaks
 * HTTP to them. May use the JDK and zipkin2 only.
 */
@NullMarked
package zipkin.ee.testing;

import org.jspecify.annotations.NullMarked;
