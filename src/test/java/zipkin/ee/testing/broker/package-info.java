/** Real message brokers for tests, each in a process of its own. */
@NullMarked
package zipkin.ee.testing.broker;

import org.jspecify.annotations.NullMarked;
