/**
 * {@code STORAGE_TYPE=mem}: spans as bytes in the heap of the application server, gone when it
 * stops. A {@link zipkin.ee.storage.memory.Shard} holds some of the traces in
 * {@link zipkin.ee.storage.memory.Block}s; {@link zipkin.ee.storage.memory.TraceSearch} finds them.
 * May use zipkin2, codec's flat spans and config.
 */
@NullMarked
package zipkin.ee.storage.memory;

import org.jspecify.annotations.NullMarked;
