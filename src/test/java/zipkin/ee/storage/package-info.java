/** What every storage has to do. */
@NullMarked
package zipkin.ee.storage;

import org.jspecify.annotations.NullMarked;
