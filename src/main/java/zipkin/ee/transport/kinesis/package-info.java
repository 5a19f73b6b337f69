/**
 * Spans from Amazon Kinesis. Who reads a shard, and up to where, is kept in a table of DynamoDB
 * that looks like the Kinesis Client Library's. May use collect, aws, concurrent, config,
 * transport.otlp, transport.polled and the AWS SDK's clients of Kinesis and DynamoDB.
 */
@NullMarked
package zipkin.ee.transport.kinesis;

import org.jspecify.annotations.NullMarked;
