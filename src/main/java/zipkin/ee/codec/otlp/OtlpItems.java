package zipkin.ee.codec.otlp;

/** Gets the spans or log records of a message, one after another, grouped by scope. */
interface OtlpItems<T> {
    /** What the items of one scope share. The indexes are places in the message, from 0. */
    record Group(OtlpResource resource, OtlpScope scope, int resourceIndex, int scopeIndex) {}

    /** @param index place of the item in its group, from 0 */
    void add(Group group, int index, T item);

    /** Forgets all items: what follows replaces them. */
    void restart();
}
