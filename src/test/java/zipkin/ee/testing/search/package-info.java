/** Nodes of Elasticsearch and OpenSearch for tests, each in a JVM of its own. */
@NullMarked
package zipkin.ee.testing.search;

import org.jspecify.annotations.NullMarked;
