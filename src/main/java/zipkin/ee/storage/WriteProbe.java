package zipkin.ee.storage;

/** A storage that can be asked whether it takes writes, at the cost of a small one. */
public interface WriteProbe {
    /**
     * Returns when the storage would take spans. Leaves nothing in it that a query could see.
     *
     * @throws RuntimeException what a write would fail with
     */
    void probeWrite();
}
