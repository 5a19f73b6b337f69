/**
 * Spans from Amazon SQS, by its <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html">API</a>
 * in JSON. May use collect, aws, concurrent, config, json, jakarta.servlet and Jackson's streams.
 */
@NullMarked
package zipkin.ee.transport.sqs;

import org.jspecify.annotations.NullMarked;
