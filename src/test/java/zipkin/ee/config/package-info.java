/** Tests of the reading of settings. */
@NullMarked
package zipkin.ee.config;

import org.jspecify.annotations.NullMarked;
