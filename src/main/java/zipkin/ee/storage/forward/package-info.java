/**
 * Storages that keep nothing: STORAGE_TYPE=http-forwarder, otlp-forwarder, kafka-forwarder,
 * scouter, xray, stackdriver. They send spans to another system and answer no query. May use
 * storage, codec, codec.otlp, config, http.client, json, zipkin2, JMX and Jackson's streams.
 */
@NullMarked
package zipkin.ee.storage.forward;

import org.jspecify.annotations.NullMarked;
