/** Tests of what all HTTP answers share. */
@NullMarked
package zipkin.ee.http;

import org.jspecify.annotations.NullMarked;
