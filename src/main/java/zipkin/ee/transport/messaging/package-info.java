/**
 * Message-driven beans that take spans from Kafka, RabbitMQ and JMS. They see messages as bytes and
 * hand them to the collector; connections, acknowledgement and redelivery are the adapters'. May
 * use collect, transport.otlp, config, Jakarta Messaging, Jakarta Connectors, and JMX to read the
 * adapters' state. On a server without adapters these beans are not looked at (docs/adr/0003,
 * docs/adr/0014).
 */
@NullMarked
package zipkin.ee.transport.messaging;

import org.jspecify.annotations.NullMarked;
