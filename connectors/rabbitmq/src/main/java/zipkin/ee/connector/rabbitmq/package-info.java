/** The inbound resource adapter for RabbitMQ, packaged as zipkin-rabbitmq.rar. */
@NullMarked
package zipkin.ee.connector.rabbitmq;

import org.jspecify.annotations.NullMarked;
