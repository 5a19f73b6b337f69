/**
 * The inbound resource adapter for Apache Pulsar, packaged as zipkin-pulsar.rar, which an
 * administrator adds where there is a Pulsar.
 */
@NullMarked
package zipkin.ee.connector.pulsar;

import org.jspecify.annotations.NullMarked;
