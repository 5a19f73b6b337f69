/** Tests of {@code zipkin.ee.connector.pulsar}. */
@NullMarked
package zipkin.ee.connector.pulsar;

import org.jspecify.annotations.NullMarked;
