package zipkin.ee.collect;

/** What the start-up screen tells of one transport. A bean each. */
public interface Transport {
    /** The label of its counters: http, grpc, kafka, … */
    String label();

    boolean enabled();

    /** Where spans are taken when it is enabled, and otherwise which setting would enable it. */
    String detail();
}
