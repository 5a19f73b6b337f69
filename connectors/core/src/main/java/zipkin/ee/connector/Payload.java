package zipkin.ee.connector;

/**
 * A message on its way to the application.
 *
 * @param bytes as the broker has them; an empty array for a message without a body
 * @param otlp whether it comes from a topic or queue that is set to hold OTLP
 */
@SuppressWarnings("ArrayRecordComponent") // payloads are not compared
public record Payload(byte[] bytes, boolean otlp) {}
