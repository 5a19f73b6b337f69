package zipkin.ee.codec;

/** A storage that takes spans as columns, without objects. */
public interface SpanColumnsConsumer {
    /** Stores the spans before it returns; the columns are reused afterwards. */
    void accept(SpanColumns spans);
}
