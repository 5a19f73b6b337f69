/**
 * Every setting of Zipkin EE: one validated record per concern, under the environment names that
 * Zipkin uses. The only reader of configuration; everyone else is given a record. May use
 * MicroProfile Config and CDI.
 */
@NullMarked
package zipkin.ee.config;

import org.jspecify.annotations.NullMarked;
