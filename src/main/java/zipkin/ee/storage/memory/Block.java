package zipkin.ee.storage.memory;

import zipkin.ee.codec.SpanColumns;

/**
 * Up to about a thousand spans as bytes in {@link Fragment}s, with a table of their texts and a
 * filter of their search terms. Written by one thread at a time, which holds the shard's lock;
 * {@link #view}, {@link #maxMillis} and {@link #minMillis} are for any thread.
 */
final class Block {
    static final int SPANS = 1024;

    private static final int BYTES = 1 << 18;

    /** Bytes of heap of this object, its tables and views, apart from their arrays. */
    private static final int OBJECTS = 512;

    private final int number;
    private final boolean searchable;
    private final TextTable texts = new TextTable();
    private final TermFilter terms = new TermFilter();
    private final BlockEndpoints endpoints = new BlockEndpoints();
    private final FragmentWriter fragments = new FragmentWriter(texts);
    private final BlockNames names;
    private int spans;
    private int liveSpans;
    private boolean sealed;
    private int accountedBytes;

    private volatile BlockView view;
    private volatile long maxMillis = Long.MIN_VALUE;
    private volatile long minMillis = Long.MAX_VALUE;

    Block(int number, boolean searchable, ShardServices services, SharedNames shared) {
        this.number = number;
        this.searchable = searchable;
        this.names = new BlockNames(services, shared, endpoints, texts);
        this.view = snapshot();
    }

    int number() {
        return number;
    }

    /** All fragments that were ended. */
    BlockView view() {
        return view;
    }

    /** An upper bound of the times of all traces that have spans here. */
    long maxMillis() {
        return maxMillis;
    }

    /** A lower bound of the times of all traces that have spans here. */
    long minMillis() {
        return minMillis;
    }

    /** Widens the bounds of {@link #minMillis} and {@link #maxMillis}. */
    void include(long min, long max) {
        if (max > maxMillis) {
            maxMillis = max;
        }
        if (min < minMillis) {
            minMillis = min;
        }
    }

    boolean isFull() {
        return spans >= SPANS || fragments.length() + texts.textBytes() >= BYTES;
    }

    boolean isSealed() {
        return sealed;
    }

    int spans() {
        return spans;
    }

    /** Spans of traces that were neither evicted nor moved. */
    int liveSpans() {
        return liveSpans;
    }

    boolean isDead() {
        return liveSpans == 0 && fragments.length() > 0;
    }

    void bury(int count) {
        liveSpans -= count;
    }

    /** @param previous location of the trace's previous fragment, or {@link Location#NONE} */
    void beginFragment(long traceId, long previous) {
        fragments.begin(traceId, previous);
    }

    /**
     * Ends the fragment, shows it to readers and returns its offset. A fragment without spans is
     * dropped: {@link FragmentWriter#NONE}.
     */
    int endFragment() {
        int offset = fragments.end();
        if (offset != FragmentWriter.NONE) {
            view = snapshot();
        }
        return offset;
    }

    /** The fragment that is being written, with the spans it has so far. */
    Fragment openFragment() {
        return new Fragment(this, snapshot(), fragments.fragment());
    }

    /** A view that includes the fragment that is being written. */
    BlockView snapshot() {
        return new BlockView(
                fragments.data(),
                fragments.length(),
                fragments.baseMicros(),
                texts.view(),
                endpoints.array(),
                endpoints.count(),
                terms.words());
    }

    /**
     * Adds a span to the fragment.
     *
     * @param known numbers of the message's endpoints in this block
     * @return the offset of the span
     */
    int add(SpanColumns message, int span, int hash, MessageEndpoints known) {
        int local = endpoints.number(message, message.localEndpoint(span), known);
        int remote = endpoints.number(message, message.remoteEndpoint(span), known);
        int name = texts.intern(message, message.name(span));
        int offset = fragments.add(message, span, hash, name, local, remote);
        spans++;
        liveSpans++;
        if (searchable) {
            terms.add(message, span, endpoints.serviceHash(local), endpoints.serviceHash(remote));
            names.add(message, span, name, local, remote);
        }
        return offset;
    }

    /** Frees memory that only additions need. Nothing may be added afterwards. */
    void seal() {
        sealed = true;
        fragments.seal();
        endpoints.seal();
        texts.seal();
        terms.seal();
        names.seal();
        view = snapshot();
    }

    /** The growth of {@link #accountedBytes} since the previous call; negative if it shrank. */
    int newHeapBytes() {
        long bytes = OBJECTS
                + (long) fragments.data().length
                + texts.heapBytes()
                + terms.heapBytes()
                + endpoints.heapBytes()
                + names.heapBytes();
        int more = (int) Math.min(Integer.MAX_VALUE, bytes) - accountedBytes;
        accountedBytes += more;
        return more;
    }

    /** Bytes of heap at the last call of {@link #newHeapBytes}. */
    int accountedBytes() {
        return accountedBytes;
    }
}
