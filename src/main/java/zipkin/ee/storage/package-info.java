/**
 * Selection of the storage by {@code STORAGE_TYPE}, and what is wrapped once around the chosen one.
 * Each backend has a package of its own below and is a {@link zipkin.ee.storage.StorageFactory}.
 * May use zipkin2, codec, config, concurrent, fault and link.
 */
@NullMarked
package zipkin.ee.storage;

import org.jspecify.annotations.NullMarked;
