package zipkin.ee.storage.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.RecentWrites;
import zipkin.ee.storage.elasticsearch.IndexNames.Kind;
import zipkin2.Span;

/** Turns spans into documents: one for the span, and one a day for each value of a tag that the UI offers. Thread safe. */
final class SpanWriter {
    /** As many values as Zipkin's server remembers: five keys of four thousand values. */
    private static final int MAX_RECENT_TAGS = 20_000;

    private final IndexNames names;
    private final BulkWriter bulk;
    private final boolean searchEnabled;
    private final Set<String> autocompleteKeys;
    private final RecentWrites<Tag> recentTags;
    private final int bulkBytes;

    private record Tag(String index, String key, String value) {}

    /**
     * @param bulkBytes size at which a request is sent and another one begun
     */
    SpanWriter(IndexNames names, BulkWriter bulk, StorageSettings settings, int bulkBytes) {
        this.names = names;
        this.bulk = bulk;
        this.searchEnabled = settings.searchEnabled();
        this.autocompleteKeys = Set.copyOf(settings.autocompleteKeys());
        this.recentTags = new RecentWrites<>(MAX_RECENT_TAGS, settings.autocompleteTtl(), System::nanoTime);
        this.bulkBytes = bulkBytes;
    }

    /** Returns when all are acknowledged; throws as {@link BulkWriter#write}. */
    void write(List<Span> spans) {
        BulkBody body = new BulkBody();
        Set<Tag> tags = new HashSet<>();
        for (Span span : spans) {
            long millis = millis(span);
            body.addSpan(names.of(Kind.SPAN, millis), span, searchEnabled);
            if (searchEnabled && !autocompleteKeys.isEmpty()) {
                addTags(body, span, names.of(Kind.AUTOCOMPLETE, millis), tags);
            }
            if (body.bytes() >= bulkBytes) {
                bulk.write(body);
                body = new BulkBody();
            }
        }
        if (body.count() > 0) {
            bulk.write(body);
        }
        recentTags.add(tags);
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
