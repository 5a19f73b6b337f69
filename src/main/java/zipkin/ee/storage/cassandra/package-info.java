/**
 * STORAGE_TYPE=cassandra3: spans in the keyspace of Zipkin's own server (upstream's module
 * zipkin-storage-cassandra), so that both work on the same tables, and Zipkin's Spark job too.
 * Searches need none of the indexes that the reference needs. May use storage, link, codec,
 * concurrent, config, zipkin2 and the DataStax driver.
 */
@NullMarked
package zipkin.ee.storage.cassandra;

import org.jspecify.annotations.NullMarked;
