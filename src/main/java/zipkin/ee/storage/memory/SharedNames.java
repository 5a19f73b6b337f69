package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Budget;
import zipkin.ee.codec.SpanColumns;
import zipkin.ee.codec.TextHash;

/**
 * The names that queries list: services with stored spans, their span names and remote services,
 * and the values of autocomplete tags. Beyond the budget the least recently used ones are evicted.
 * Thread safe; one lock is enough, because a block adds each name only once.
 */
final class SharedNames {
    /** Heap bytes of a service with its map entry and one list. */
    private static final int SERVICE = 264;

    private final NavigableMap<String, Service> services = new TreeMap<>();
    private final LeastUsed entries;
    private final String[] keys;
    private final byte[][] keyBytes;
    private final int[] keyHashes;
    private final NameList[] values;

    /** A listed service. */
    final class Service extends LeastUsed.Entry {
        private final String name;
        private int shards;
        private boolean gone;
        private @Nullable NameList spanNames;
        private @Nullable NameList remoteNames;

        Service(String name) {
            super(SERVICE); // ShardServices counts the name
            this.name = name;
        }

        @Override
        void evict() {
            gone = true;
            services.remove(name);
            if (spanNames != null) {
                spanNames.drop();
            }
            if (remoteNames != null) {
                remoteNames.drop();
            }
        }
    }

    SharedNames(List<String> autocompleteKeys, Budget budget) {
        entries = new LeastUsed(budget);
        keys = autocompleteKeys.toArray(String[]::new);
        keyBytes = Arrays.stream(keys).map(Terms::bytes).toArray(byte[][]::new);
        keyHashes = Arrays.stream(keyBytes)
                .mapToInt(bytes -> TextHash.of(bytes, 0, bytes.length))
                .toArray();
        values = Arrays.stream(keys).map(key -> new NameList(entries)).toArray(NameList[]::new);
    }

    /**
     * Lists a service.
     *
     * @param before the result of the shard's previous call, which may have been evicted since
     * @return null if it exceeds the whole budget
     */
    synchronized @Nullable Service enter(String name, @Nullable Service before) {
        if (before != null && !before.gone) {
            before.use();
            return before;
        }
        Service service = services.get(name);
        if (service == null) {
            if (name.length() > LeastUsed.MAX_CHARACTERS) {
                entries.refuse();
                return null;
            }
            service = new Service(name);
            if (!entries.add(service)) {
                return null;
            }
            services.put(name, service);
        }
        service.shards++;
        return service;
    }

    /** Called when a shard has no more spans of the service. */
    synchronized void leave(@Nullable Service service) {
        if (service != null && !service.gone && --service.shards == 0) {
            entries.remove(service);
            service.evict();
        }
    }

    synchronized void addSpanName(@Nullable Service service, String name) {
        if (service != null && !service.gone) {
            if (service.spanNames == null) {
                service.spanNames = new NameList(entries);
            }
            service.spanNames.add(name);
        }
    }

    synchronized void addRemoteName(@Nullable Service service, String name) {
        if (service != null && !service.gone) {
            if (service.remoteNames == null) {
                service.remoteNames = new NameList(entries);
            }
            service.remoteNames.add(name);
        }
    }

    boolean hasAutocompleteKeys() {
        return keys.length > 0;
    }

    /** Returns the index of an autocomplete key, or -1 for other texts. */
    int keyOf(SpanColumns message, int text) {
        int hash = message.textHash(text);
        int from = message.textFrom(text);
        int to = from + message.textLength(text);
        for (int i = 0; i < keys.length; i++) {
            if (keyHashes[i] == hash
                    && Arrays.equals(keyBytes[i], 0, keyBytes[i].length, message.textBytes(text), from, to)) {
                return i;
            }
        }
        return -1;
    }

    synchronized void addValue(int key, String value) {
        values[key].add(value);
    }

    synchronized List<String> serviceNames() {
        return new ArrayList<>(services.keySet());
    }

    synchronized List<String> spanNames(String service) {
        Service known = services.get(service);
        return known == null || known.spanNames == null ? new ArrayList<>() : known.spanNames.list();
    }

    synchronized List<String> remoteNames(String service) {
        Service known = services.get(service);
        return known == null || known.remoteNames == null ? new ArrayList<>() : known.remoteNames.list();
    }

    synchronized List<String> values(String key) {
        int known = Arrays.asList(keys).indexOf(key);
        return known < 0 ? new ArrayList<>() : values[known].list();
    }

    /** The number of names that were refused or evicted. */
    synchronized long dropped() {
        return entries.dropped();
    }
}
