/**
 * Spans from Amazon Kinesis, by its <a
 * href="https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html">API</a> in JSON. Who
 * reads a shard and up to where is kept in a table of DynamoDB that looks as the Kinesis Client
 * Library's does. May use collect, aws, concurrent, config, json, jakarta.servlet and Jackson's
 * streams.
 */
@NullMarked
package zipkin.ee.transport.kinesis;

import org.jspecify.annotations.NullMarked;
