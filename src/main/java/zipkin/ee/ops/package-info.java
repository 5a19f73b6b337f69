/**
 * Health, info, metrics and the start-up screen, for operators. May use collect, config,
 * concurrent, http, Micrometer and zipkin2's storage.
 */
@NullMarked
package zipkin.ee.ops;

import org.jspecify.annotations.NullMarked;
