/** Tests of {@code zipkin.ee.aws}. */
@NullMarked
package zipkin.ee.aws;

import org.jspecify.annotations.NullMarked;
