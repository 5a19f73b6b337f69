/**
 * Bounded thread pools and repeated tasks on the application server's threads, leases by which
 * servers share a task, and the pauses between tries. May use Jakarta Concurrency and CDI; knows
 * nothing of spans.
 */
@NullMarked
package zipkin.ee.concurrent;

import org.jspecify.annotations.NullMarked;
