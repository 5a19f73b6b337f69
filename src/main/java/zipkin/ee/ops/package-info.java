/**
 * For operators: health, info, metrics and the start-up screen. May use collect, config,
 * concurrent, http, Micrometer and zipkin2's storage.
 */
@NullMarked
package zipkin.ee.ops;

import org.jspecify.annotations.NullMarked;
