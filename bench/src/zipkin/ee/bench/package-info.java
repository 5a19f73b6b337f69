/**
 * Compares Zipkin EE with the reference server in one run on one machine. Started by
 * {@code bench/run}. May use the JDK, {@code zipkin2}, whose encoders make the messages, the
 * clients of databases and brokers, and of the tests what fetches servers.
 */
@NullMarked
package zipkin.ee.bench;

import org.jspecify.annotations.NullMarked;
