/**
 * The application itself: its JAX-RS application class, its start and its stop. May use every other
 * package.
 */
@NullMarked
package zipkin.ee;

import org.jspecify.annotations.NullMarked;
