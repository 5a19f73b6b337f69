@NullMarked
package zipkin.ee.storage.cassandra;

import org.jspecify.annotations.NullMarked;
