package zipkin.ee.codec;

/** A storage that takes spans as they were read, without objects. */
public interface SpanColumnsConsumer {
    /** Stores them before it returns. They are not used afterwards. */
    void accept(SpanColumns spans);
}
