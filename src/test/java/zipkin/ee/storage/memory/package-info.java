/** The storage in memory, held to the contract of storages. */
@NullMarked
package zipkin.ee.storage.memory;

import org.jspecify.annotations.NullMarked;
