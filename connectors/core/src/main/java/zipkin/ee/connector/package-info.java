/**
 * What the resource adapters for message brokers share: handing messages to a message-driven bean,
 * back-off, their state for operators. Packaged into the RARs, not into the WAR, so it may use
 * Jakarta Connectors and JMX alone; the WAR and the RARs have no class in common.
 */
@NullMarked
package zipkin.ee.connector;

import org.jspecify.annotations.NullMarked;
