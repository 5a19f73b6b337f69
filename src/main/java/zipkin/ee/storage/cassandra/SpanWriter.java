package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import zipkin.ee.config.StorageSettings;
import zipkin.ee.storage.RecentWrites;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Writes spans, the rows by which they are found, names, and that their links are to be counted.
 * Thread safe.
 */
final class SpanWriter {
    private static final int MAX_RECENT = 20_000;
    private static final int MAX_TERM_LENGTH = 256;

    /** Bytes of a row of an index without its names: its keys and headers. */
    private static final int INDEX_ROW_BYTES = 90;

    private static final String BY_SPAN =
            "INSERT INTO ks.trace_by_service_span (service, span, bucket, ts, trace_id, duration)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";
    private static final String BY_REMOTE = "INSERT INTO ks.trace_by_service_remote_service"
            + " (service, remote_service, bucket, ts, trace_id) VALUES (?, ?, ?, ?, ?)";
    private static final String PENDING = "INSERT INTO ks.link_pending (minute, id, traces) VALUES (?, ?, ?)";

    private final SpanRows rows;
    private final InFlight inFlight;
    private final boolean searchEnabled;
    private final boolean links;
    private final Set<String> autocompleteKeys;
    private final RecentWrites<Name> recentNames;

    // Comparable, so that sets find one fast even where clients chose texts whose hashes are the
    // same.

    /** A row of a table of names. */
    private record Name(String table, String owner, String name) implements Comparable<Name> {
        private static final Comparator<Name> ORDER =
                Comparator.comparing(Name::table).thenComparing(Name::owner).thenComparing(Name::name);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    /** A partition of an index, and of the rows of spans with the first one only. */
    private record Partition(String table, String service, String name, int day) implements Comparable<Partition> {
        private static final Comparator<Partition> ORDER = Comparator.comparing(Partition::service)
                .thenComparing(Partition::name)
                .thenComparing(Partition::day)
                .thenComparing(Partition::table);

        @Override
        public int compareTo(Partition other) {
            return ORDER.compare(this, other);
        }
    }

    /** A row that several spans may have in common. */
    private record IndexRow(Partition partition, String traceId, long millis, long durationMillis)
            implements Comparable<IndexRow> {
        private static final Comparator<IndexRow> ORDER = Comparator.comparing(IndexRow::traceId)
                .thenComparing(IndexRow::millis)
                .thenComparing(IndexRow::durationMillis)
                .thenComparing(IndexRow::partition);

        @Override
        public int compareTo(IndexRow other) {
            return ORDER.compare(this, other);
        }
    }

    SpanWriter(SpanRows rows, InFlight inFlight, StorageSettings settings, boolean links) {
        this.rows = rows;
        this.inFlight = inFlight;
        this.searchEnabled = settings.searchEnabled();
        this.links = links;
        this.autocompleteKeys = Set.copyOf(settings.autocompleteKeys());
        this.recentNames = new RecentWrites<>(MAX_RECENT, settings.autocompleteTtl(), System::nanoTime);
    }

    /** Returns when all is acknowledged. */
    void write(OpenSession session, List<Span> spans) {
        Batches batches = new Batches();
        Set<Name> names = new LinkedHashSet<>();
        Set<IndexRow> indexRows = new HashSet<>();
        Set<String> traces = new LinkedHashSet<>();
        RowKeys keys = new RowKeys();
        for (Span span : spans) {
            UUID key = keys.of(span);
            String traceId = rows.key(span.traceId());
            traces.add(traceId);
            // The row has the tags twice where they can be searched for.
            int bytes = SpanBytesEncoder.PROTO3.sizeInBytes(span) * (searchEnabled ? 2 : 1);
            batches.add(traceId, rows.insert(session, span, key), bytes);
            if (searchEnabled) {
                index(session, batches, span, key, indexRows);
                addNames(span, names);
            }
        }
        names.removeIf(recentNames::contains);
        names.forEach(name -> batches.add(session.prepare("INSERT INTO ks." + name.table() + " VALUES (?, ?)")
                .bind(name.owner(), name.name())));
        if (links) {
            UUID id = Uuids.timeBased();
            int minute = PendingTraces.minute(Uuids.unixTimestamp(id));
            batches.add(session.prepare(PENDING).bind(minute, id, String.join(" ", traces)));
        }
        inFlight.all(session, batches.statements());
        recentNames.add(names);
    }

    private void index(OpenSession session, Batches batches, Span span, UUID key, Set<IndexRow> written) {
        String service = span.localServiceName();
        long micros = RowKeys.micros(span);
        if (service == null || micros == 0) {
            return;
        }
        int day = RowKeys.day(micros);
        String name = span.name() == null ? "" : span.name();
        addBySpan(session, batches, span, key, new Partition("span", service, "", day), written);
        if (!name.isEmpty()) {
            addBySpan(session, batches, span, key, new Partition("span", service, name, day), written);
        }
        String remote = span.remoteServiceName();
        if (remote != null) {
            Partition partition = new Partition("remote", service, remote, day);
            if (written.add(new IndexRow(partition, span.traceId(), micros / 1000, 0))) {
                BoundStatement row =
                        session.prepare(BY_REMOTE).bind(service, remote, day, key, rows.key(span.traceId()));
                batches.add(partition, row, INDEX_ROW_BYTES + service.length() + remote.length());
            }
        }
    }

    @SuppressWarnings("CheckReturnValue") // a builder changes itself
    private void addBySpan(
            OpenSession session, Batches batches, Span span, UUID key, Partition partition, Set<IndexRow> written) {
        long durationMillis = span.durationAsLong() / 1000;
        IndexRow different = new IndexRow(partition, span.traceId(), RowKeys.micros(span) / 1000, durationMillis);
        if (!written.add(different)) {
            return;
        }
        BoundStatementBuilder row = session.prepare(BY_SPAN)
                .boundStatementBuilder()
                .setString(0, partition.service())
                .setString(1, partition.name())
                .setInt(2, partition.day())
                .setUuid(3, key)
                .setString(4, rows.key(span.traceId()));
        if (durationMillis != 0) {
            row.setLong(5, durationMillis);
        }
        int bytes = INDEX_ROW_BYTES
                + partition.service().length()
                + partition.name().length();
        batches.add(partition, row.build(), bytes);
    }

    private void addNames(Span span, Set<Name> names) {
        String service = span.localServiceName();
        if (service == null) {
            return;
        }
        names.add(new Name("span_by_service (service, span)", service, span.name() == null ? "" : span.name()));
        String remote = span.remoteServiceName();
        if (remote != null) {
            names.add(new Name("remote_service_by_service (service, remote_service)", service, remote));
        }
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            boolean offered = autocompleteKeys.contains(tag.getKey())
                    && tag.getKey().length() + 1 + tag.getValue().length() <= MAX_TERM_LENGTH;
            if (offered) {
                names.add(new Name("autocomplete_tags (key, value)", tag.getKey(), tag.getValue()));
            }
        }
    }
}
