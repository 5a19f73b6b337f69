/** The contract of a zipkin2 storage as a jar of its own, with nothing of this server. */
@NullMarked
package zipkin.ee.storage.kit;

import org.jspecify.annotations.NullMarked;
