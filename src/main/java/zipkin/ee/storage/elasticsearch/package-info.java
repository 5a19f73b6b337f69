/**
 * STORAGE_TYPE=elasticsearch: spans in daily indices of an Elasticsearch or OpenSearch cluster,
 * with the names, templates and documents of Zipkin's own server (upstream's module
 * zipkin-storage-elasticsearch), so that both work on the same indices.
 * {@link zipkin.ee.storage.elasticsearch.Cluster} is the only class that sends requests. May use
 * storage, aws, json, link, codec, concurrent, config, zipkin2, Jackson, the low-level client
 * (co.elastic.clients) with Apache's HttpClient below it.
 */
@NullMarked
package zipkin.ee.storage.elasticsearch;

import org.jspecify.annotations.NullMarked;
