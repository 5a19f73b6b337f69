package zipkin.ee.fault;

/**
 * An error that does not depend on the request and will be resolved, by itself or by an operator:
 * 503 over HTTP. The request can be repeated.
 */
public interface Unavailable extends PublicReason {}
