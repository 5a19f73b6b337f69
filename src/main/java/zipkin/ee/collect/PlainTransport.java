package zipkin.ee.collect;

/** A transport that depends on nothing that can be down. */
public record PlainTransport(String label, boolean enabled, String detail) implements Transport {}
