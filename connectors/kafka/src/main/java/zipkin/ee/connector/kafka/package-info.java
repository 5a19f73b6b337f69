/** The inbound resource adapter for Kafka, packaged as zipkin-kafka.rar. */
@NullMarked
package zipkin.ee.connector.kafka;

import org.jspecify.annotations.NullMarked;
