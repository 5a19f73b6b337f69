/** Nodes of Cassandra for tests, each in a JVM of its own. */
@NullMarked
package zipkin.ee.testing.cassandra;

import org.jspecify.annotations.NullMarked;
