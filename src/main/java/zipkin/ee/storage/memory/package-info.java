/**
 * {@code STORAGE_TYPE=mem}: spans as bytes in the heap of the application server, lost when it
 * stops. Each {@link zipkin.ee.storage.memory.Shard} holds a part of the traces in {@link
 * zipkin.ee.storage.memory.Block}s; {@link zipkin.ee.storage.memory.TraceSearch} searches them. May
 * use zipkin2, codec's columns and config.
 */
@NullMarked
package zipkin.ee.storage.memory;

import org.jspecify.annotations.NullMarked;
