/**
 * {@code STORAGE_TYPE=mem}: spans in the heap of the application server, gone when it stops. May use zipkin2.storage and
 * config.
 */
@NullMarked
package zipkin.ee.storage.memory;

import org.jspecify.annotations.NullMarked;
