/** The adapter for Kafka in a simulated container, with Kafka's own mock clients. */
@NullMarked
package zipkin.ee.connector.kafka;

import org.jspecify.annotations.NullMarked;
