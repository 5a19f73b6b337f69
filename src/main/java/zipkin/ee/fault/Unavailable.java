package zipkin.ee.fault;

/**
 * An error that will be over by itself or by an operator, whatever was asked: 503 over HTTP, and
 * the same may be asked again.
 */
public interface Unavailable extends PublicReason {}
