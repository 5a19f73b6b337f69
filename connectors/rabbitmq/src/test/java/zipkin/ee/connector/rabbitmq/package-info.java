/**
 * Tests of the resource adapter for RabbitMQ: with a simulated container, against a simulated
 * broker and a real one.
 */
@NullMarked
package zipkin.ee.connector.rabbitmq;

import org.jspecify.annotations.NullMarked;
