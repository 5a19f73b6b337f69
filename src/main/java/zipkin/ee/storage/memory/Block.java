package zipkin.ee.storage.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.SpanColumns;
import zipkin2.Endpoint;

/**
 * Some hundred spans as bytes, with a table of their texts and a filter of what they may be
 * searched by. Spans lie in fragments: what one message had of a trace in a row. A fragment begins
 * with the trace id's lower 64 bits, the block and the offset of the trace's fragment before, the
 * number of its spans and where it ends. What was written never changes.
 *
 * <p>Written by one thread at a time, which holds the shard's lock; {@link #view},
 * {@link #maxMillis} and {@link #minMillis} are for any thread.
 */
final class Block {
    static final int SPANS = 1024;
    static final int FRAGMENT = Long.BYTES + 4 * Integer.BYTES;
    static final int NONE = -1;

    private static final int PREVIOUS_BLOCK = Long.BYTES;
    private static final int PREVIOUS_OFFSET = PREVIOUS_BLOCK + Integer.BYTES;
    private static final int COUNT = PREVIOUS_OFFSET + Integer.BYTES;
    private static final int END = COUNT + Integer.BYTES;

    private static final int BYTES = 1 << 18;
    /**
     * Beyond the varints of tags and annotations: header, five numbers of up to ten bytes, three
     * ids, two counts.
     */
    private static final int MAX_FIELDS = 128;

    /** Of this object, its tables and its views. */
    private static final int OBJECTS = 512;

    /**
     * What an endpoint takes beside itself as long as spans are added: its number, its key and its
     * service.
     */
    private static final int OPEN_ENDPOINT = 120;

    private final int number;
    private final boolean searchable;
    private final TextTable texts = new TextTable();
    private final TermFilter terms = new TermFilter();
    private byte[] data = new byte[4096];
    private int length;
    private int fragment;
    private long baseMicros;
    private int spans;
    private int liveSpans;
    private boolean sealed;

    private @Nullable Endpoint[] endpoints = new Endpoint[8];
    private int[] serviceHashes = new int[8];
    private Names.@Nullable ShardService[] services = new Names.ShardService[8];
    private int endpointCount;
    private long endpointBytes;
    private @Nullable Map<EndpointKey, Integer> endpointNumbers = new HashMap<>();
    private @Nullable LongSet named = new LongSet();

    private volatile BlockView view;
    private volatile long maxMillis = Long.MIN_VALUE;
    private volatile long minMillis = Long.MAX_VALUE;
    private int accountedBytes;

    /** An endpoint with a hash that nobody can choose, as that of zipkin2 can be. */
    private record EndpointKey(int hash, Endpoint endpoint) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    Block(int number, boolean searchable) {
        this.number = number;
        this.searchable = searchable;
        this.view = snapshot();
    }

    int number() {
        return number;
    }

    BlockView view() {
        return view;
    }

    /** No trace that has spans here has a later one. */
    long maxMillis() {
        return maxMillis;
    }

    /** No trace that has spans here has an earlier one. */
    long minMillis() {
        return minMillis;
    }

    void include(long min, long max) {
        if (max > maxMillis) {
            maxMillis = max;
        }
        if (min < minMillis) {
            minMillis = min;
        }
    }

    boolean isFull() {
        return spans >= SPANS || length + texts.textBytes() >= BYTES;
    }

    boolean isSealed() {
        return sealed;
    }

    int spans() {
        return spans;
    }

    /** Those of traces that are not gone. */
    int liveSpans() {
        return liveSpans;
    }

    boolean isDead() {
        return liveSpans == 0 && length > 0;
    }

    void bury(int count) {
        liveSpans -= count;
    }

    void beginFragment(long traceId, int previousBlock, int previousOffset) {
        length = view.length(); // nothing is left of a fragment that was not ended
        reserve(FRAGMENT);
        fragment = length;
        Bytes.putLong(data, length, traceId);
        Bytes.putInt(data, length + PREVIOUS_BLOCK, previousBlock);
        Bytes.putInt(data, length + PREVIOUS_OFFSET, previousOffset);
        Bytes.putInt(data, length + COUNT, 0);
        length += FRAGMENT;
    }

    /** How many spans the fragment has that is being written. */
    int fragmentSpans() {
        return Bytes.getInt(data, fragment + COUNT);
    }

    /**
     * Ends the fragment and shows it to readers; returns where it begins. A fragment without spans
     * is not there.
     */
    int endFragment() {
        if (fragmentSpans() == 0) {
            length = fragment;
            return NONE;
        }
        Bytes.putInt(data, fragment + END, length);
        view = snapshot();
        return fragment;
    }

    /** As it is, with the fragment that is being written. */
    BlockView snapshot() {
        return new BlockView(data, length, baseMicros, texts.view(), endpoints, endpointCount, terms.words());
    }

    int openFragment() {
        return fragment;
    }

    /**
     * Adds a span to the fragment and returns its offset.
     *
     * @param endpoints by the numbers of the message's endpoints those of this block, 0 for one
     *     that it is not known to have
     */
    int add(SpanColumns message, int span, int hash, Names names, MessageEndpoints endpoints) {
        int tags = message.endOfTags(span) - message.firstTag(span);
        int annotations = message.endOfAnnotations(span) - message.firstAnnotation(span);
        reserve(MAX_FIELDS + 2 * Bytes.MAX_VARINT * (tags + annotations));
        if (spans == 0) {
            baseMicros = message.timestampMicros(span);
        }
        int local = endpoint(message, message.localEndpoint(span), endpoints);
        int remote = endpoint(message, message.remoteEndpoint(span), endpoints);
        int name = text(message, message.name(span));
        int at = length;
        int to = putFields(message, span, name, local, remote);
        to = Bytes.putVarint(data, to, tags);
        for (int tag = message.firstTag(span); tag < message.endOfTags(span); tag++) {
            int key = text(message, message.tagKey(tag));
            int value = text(message, message.tagValue(tag));
            to = Bytes.putVarint(data, to, key);
            to = Bytes.putVarint(data, to, value);
            if (searchable
                    && names.isAutocompleted(message, message.tagKey(tag))
                    && named().add((long) ~key << 32 | value)) {
                names.addValue(message, tag);
            }
        }
        to = Bytes.putVarint(data, to, annotations);
        for (int a = message.firstAnnotation(span); a < message.endOfAnnotations(span); a++) {
            to = Bytes.putVarint(data, to, Bytes.zigzag(message.annotationMicros(a) - baseMicros));
            to = Bytes.putVarint(data, to, text(message, message.annotationValue(a)));
        }
        Bytes.putInt(data, at + 2, to - at - SpanCursor.HEADER);
        Bytes.putInt(data, at + 2 + Integer.BYTES, hash);
        length = to;
        spans++;
        liveSpans++;
        Bytes.putInt(data, fragment + COUNT, fragmentSpans() + 1);
        if (searchable) {
            addTerms(
                    message,
                    span,
                    local == 0 ? 0 : serviceHashes[local - 1],
                    remote == 0 ? 0 : serviceHashes[remote - 1]);
            addNames(message, span, name, local, remote, names);
        }
        return at;
    }

    private int putFields(SpanColumns message, int span, int name, int local, int remote) {
        int at = length;
        int fields = 0;
        int to = at + SpanCursor.HEADER;
        Bytes.putLong(data, to, message.id(span));
        to += Long.BYTES;
        if (message.traceIdHigh(span) != 0) {
            fields |= SpanCursor.HIGH;
            Bytes.putLong(data, to, message.traceIdHigh(span));
            to += Long.BYTES;
        }
        if (message.parentId(span) != 0) {
            fields |= SpanCursor.PARENT;
            Bytes.putLong(data, to, message.parentId(span));
            to += Long.BYTES;
        }
        if (message.timestampMicros(span) != 0) {
            fields |= SpanCursor.TIMESTAMP;
            to = Bytes.putVarint(data, to, Bytes.zigzag(message.timestampMicros(span) - baseMicros));
        }
        if (message.durationMicros(span) != 0) {
            fields |= SpanCursor.DURATION;
            to = Bytes.putVarint(data, to, message.durationMicros(span));
        }
        if (name != 0) {
            fields |= SpanCursor.NAME;
            to = Bytes.putVarint(data, to, name);
        }
        if (local != 0) {
            fields |= SpanCursor.LOCAL;
            to = Bytes.putVarint(data, to, local);
        }
        if (remote != 0) {
            fields |= SpanCursor.REMOTE;
            to = Bytes.putVarint(data, to, remote);
        }
        data[at] = (byte) message.flags(span);
        data[at + 1] = (byte) fields;
        return to;
    }

    private void addTerms(SpanColumns message, int span, int service, int remoteService) {
        if (message.name(span) != 0) {
            addTerm(service, TermFilter.name(message.textHash(message.name(span))));
        }
        if (remoteService != 0) {
            addTerm(service, TermFilter.remote(remoteService));
        }
        addTerm(service, TermFilter.duration(Durations.level(message.durationMicros(span))));
        for (int tag = message.firstTag(span); tag < message.endOfTags(span); tag++) {
            int key = message.textHash(message.tagKey(tag));
            addTerm(service, TermFilter.word(key));
            addTerm(service, TermFilter.tag(key, message.textHash(message.tagValue(tag))));
        }
        for (int a = message.firstAnnotation(span); a < message.endOfAnnotations(span); a++) {
            addTerm(service, TermFilter.word(message.textHash(message.annotationValue(a))));
        }
    }

    private void addTerm(int service, int term) {
        terms.add(term);
        if (service != 0) {
            terms.add(TermFilter.in(service, term));
        }
    }

    private void addNames(SpanColumns message, int span, int name, int local, int remote, Names names) {
        Names.ShardService service = local == 0 ? null : services[local - 1];
        if (service == null) {
            return;
        }
        if (service.spans() == 0) {
            service = names.enter(service.name());
            services[local - 1] = service;
            if (service.spans() == 0) {
                named = new LongSet(); // what was named before may have gone with the service
            }
        }
        service.addSpan();
        if (named().add((long) local << 32 | name) && name != 0) {
            names.addSpanName(service, message, message.name(span));
        }
        if (remote != 0 && named().add(((long) local << 32 | remote) | 1L << 63)) {
            String remoteName = Objects.requireNonNull(endpoints[remote - 1]).serviceName();
            if (remoteName != null) {
                names.addRemoteName(service, remoteName);
            }
        }
    }

    private LongSet named() {
        return Objects.requireNonNull(named);
    }

    private int text(SpanColumns message, int text) {
        return text == 0
                ? 0
                : texts.intern(
                        message.textBytes(text),
                        message.textFrom(text),
                        message.textLength(text),
                        message.textHash(text));
    }

    private int endpoint(SpanColumns message, int endpoint, MessageEndpoints known) {
        if (endpoint == 0) {
            return 0;
        }
        int number = known.get(endpoint);
        if (number == 0) {
            number = number(message.endpoint(endpoint), message.endpointHash(endpoint));
            known.put(endpoint, number);
        }
        return number;
    }

    private int number(Endpoint endpoint, int hash) {
        Map<EndpointKey, Integer> numbers = Objects.requireNonNull(endpointNumbers);
        EndpointKey key = new EndpointKey(hash, endpoint);
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (endpointCount == endpoints.length) {
            endpoints = Arrays.copyOf(endpoints, 2 * endpointCount);
            serviceHashes = Arrays.copyOf(serviceHashes, 2 * endpointCount);
            services = Arrays.copyOf(services, 2 * endpointCount);
        }
        String service = endpoint.serviceName();
        endpoints[endpointCount] = endpoint;
        serviceHashes[endpointCount] = service == null ? 0 : Terms.hash(service);
        services[endpointCount++] = service == null ? null : new Names.ShardService(service);
        numbers.put(key, endpointCount);
        endpointBytes += HeapBytes.of(endpoint);
        return endpointCount;
    }

    private void reserve(int bytes) {
        if (length + bytes > data.length) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, length + bytes));
        }
    }

    /** Nothing is added any more: gives back what was reserved. */
    void seal() {
        sealed = true;
        data = Arrays.copyOf(data, length);
        endpoints = Arrays.copyOf(endpoints, endpointCount);
        texts.seal();
        terms.seal();
        endpointNumbers = null;
        named = null;
        serviceHashes = new int[0];
        services = new Names.ShardService[0];
        view = snapshot();
    }

    /**
     * How many bytes of heap it has taken since it was asked before; negative when it gave some
     * back.
     */
    int newHeapBytes() {
        int bytes = (int) Math.min(Integer.MAX_VALUE, heapBytes());
        int more = bytes - accountedBytes;
        accountedBytes = bytes;
        return more;
    }

    /** What {@link #newHeapBytes} has told in all. */
    int accountedBytes() {
        return accountedBytes;
    }

    private long heapBytes() {
        long bytes = OBJECTS + (long) data.length + texts.heapBytes() + terms.heapBytes() + endpointBytes;
        bytes += (long) Integer.BYTES * endpoints.length;
        return named == null ? bytes : bytes + (long) OPEN_ENDPOINT * endpointCount + named.heapBytes();
    }

    // Fragments in a view.

    static long traceId(BlockView view, int fragment) {
        return Bytes.getLong(view.data(), fragment);
    }

    static int previousBlock(BlockView view, int fragment) {
        return Bytes.getInt(view.data(), fragment + PREVIOUS_BLOCK);
    }

    static int previousOffset(BlockView view, int fragment) {
        return Bytes.getInt(view.data(), fragment + PREVIOUS_OFFSET);
    }

    static int spans(BlockView view, int fragment) {
        return Bytes.getInt(view.data(), fragment + COUNT);
    }

    static int end(BlockView view, int fragment) {
        return Bytes.getInt(view.data(), fragment + END);
    }
}
