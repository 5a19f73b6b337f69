package zipkin.ee.storage.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zipkin.ee.codec.MalformedSpansException;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.RecentWrites;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;
import zipkin2.Span;

/**
 * Turns spans into documents: one for the span, and one a day for each value of a tag that the UI
 * offers. Thread safe.
 */
final class SpanWriter {
    /** Values of tags that are remembered: five keys of 4,000 values, as on Zipkin's server. */
    private static final int MAX_RECENT_TAGS = 20_000;

    private final IndexNames names;
    private final BulkWriter bulk;
    private final boolean searchEnabled;
    private final Set<String> autocompleteKeys;
    private final RecentWrites<Tag> recentTags;
    private final MappingCheck mappings;
    private final int bulkSpans;

    private record Tag(String index, String key, String value) {}

    /**
     * @param bulkSpans spans at which a request is sent and another one begun, if its bytes have
     *     not come to what {@link BulkWriter} wants
     */
    SpanWriter(IndexNames names, BulkWriter bulk, MappingCheck mappings, StorageSettings settings, int bulkSpans) {
        this.names = names;
        this.bulk = bulk;
        this.mappings = mappings;
        this.searchEnabled = settings.searchEnabled();
        this.autocompleteKeys = Set.copyOf(settings.autocompleteKeys());
        this.recentTags = new RecentWrites<>(MAX_RECENT_TAGS, settings.autocompleteTtl(), System::nanoTime);
        this.bulkSpans = bulkSpans;
    }

    /**
     * Returns when all are acknowledged; the time that a request may take is each request's own.
     *
     * @throws zipkin.ee.storage.StorageUnavailableException as {@link BulkWriter#write}; spans
     *     before that may be stored
     * @throws MalformedSpansException when the cluster can't ever take one of the spans, the others
     *     being stored
     */
    void write(List<Span> spans) {
        BulkBody body = new BulkBody();
        Set<Tag> tags = new HashSet<>();
        String malformed = null;
        int inBody = 0;
        for (Span span : spans) {
            addSpan(body, span, tags);
            inBody++;
            if (inBody >= bulkSpans || body.bytes() >= bulk.requestBytes()) {
                String other = bulk.write(body);
                malformed = other == null ? malformed : other;
                body = new BulkBody();
                inBody = 0;
            }
        }
        if (inBody > 0) {
            String other = bulk.write(body);
            malformed = other == null ? malformed : other;
        }
        if (malformed != null) {
            throw new MalformedSpansException("Cannot store a span: " + malformed);
        }
        recentTags.add(tags);
    }

    private void addSpan(BulkBody body, Span span, Set<Tag> tags) {
        long millis = millis(span);
        String index = names.of(Kind.SPAN, millis);
        mappings.ensure(Kind.SPAN, index);
        body.addSpan(index, span, searchEnabled);
        if (searchEnabled && !autocompleteKeys.isEmpty()) {
            addTags(body, span, names.of(Kind.AUTOCOMPLETE, millis), tags);
        }
    }

    private void addTags(BulkBody body, Span span, String index, Set<Tag> written) {
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            String key = tag.getKey();
            String value = tag.getValue();
            boolean offered = autocompleteKeys.contains(key)
                    && key.length() + 1 + value.length() <= SpanDocument.MAX_TERM_LENGTH
                    && (key + '=' + value).getBytes(StandardCharsets.UTF_8).length <= BulkBody.MAX_ID_BYTES;
            if (offered) {
                Tag different = new Tag(index, key, value);
                if (!recentTags.contains(different) && written.add(different)) {
                    mappings.ensure(Kind.AUTOCOMPLETE, index);
                    body.addTag(index, key, value);
                }
            }
        }
    }

    /** The time that decides on the index. The first annotation's is better than none. */
    private long millis(Span span) {
        if (span.timestampAsLong() != 0) {
            return span.timestampAsLong() / 1000;
        }
        return span.annotations().isEmpty()
                ? names.nowMillis()
                : span.annotations().get(0).timestamp() / 1000;
    }
}
