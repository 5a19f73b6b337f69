/** Tests of {@code zipkin.ee.http.body}. */
@NullMarked
package zipkin.ee.http.body;

import org.jspecify.annotations.NullMarked;
