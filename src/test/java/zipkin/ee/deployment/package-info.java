/**
 * The WAR on servers that nobody configured: it starts, or says why it does not. May use zipkin2
 * and {@code zipkin.ee.testing}.
 */
@NullMarked
package zipkin.ee.deployment;

import org.jspecify.annotations.NullMarked;
