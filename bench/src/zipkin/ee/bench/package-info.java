/**
 * Compares Zipkin EE with the reference server in one run on one machine. Started by {@code bench/run}. May use the JDK
 * and {@code zipkin2}, whose encoders make the messages.
 */
@NullMarked
package zipkin.ee.bench;

import org.jspecify.annotations.NullMarked;
