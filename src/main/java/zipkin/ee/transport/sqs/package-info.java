/**
 * Spans from Amazon SQS. May use collect, aws, concurrent, config, json, transport.otlp,
 * transport.polled and the AWS SDK's client of SQS.
 */
@NullMarked
package zipkin.ee.transport.sqs;

import org.jspecify.annotations.NullMarked;
