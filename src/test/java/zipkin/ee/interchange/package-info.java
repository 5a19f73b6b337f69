/**
 * Zipkin's own server and ours beside each other on one storage: what either writes, both read
 * alike.
 */
@NullMarked
package zipkin.ee.interchange;

import org.jspecify.annotations.NullMarked;
