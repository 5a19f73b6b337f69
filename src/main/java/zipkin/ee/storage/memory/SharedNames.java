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
 * The names of services, with those of their spans and of the services that they call, as long as a
 * span of them is stored; and the values of tags that are completed. All of them are within a
 * budget: beyond it those go first that no span has had for the longest time. Any number of threads
 * may use one; each block asks once for each of its names, so one lock is enough.
 */
final class SharedNames {
    /** Of a service, its entry in the map, and one of its lists. */
    private static final int SERVICE = 264;

    private final NavigableMap<String, Service> services = new TreeMap<>();
    private final LeastUsed entries;
    private final String[] keys;
    private final byte[][] keyBytes;
    private final int[] keyHashes;
    private final NameList[] values;

    /** A service that is listed, until it is gone. */
    final class Service extends LeastUsed.Entry {
        private final String name;
        private int shards;
        private boolean gone;
        private @Nullable NameList spanNames;
        private @Nullable NameList remoteNames;

        Service(String name) {
            super(SERVICE); // a shard counts the name
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
     * @param before what this gave the shard before; a service that is gone since is listed again
     * @return null when there is no room even when all others go
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

    /** A shard has no more spans of it. */
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

    /** The number of an autocomplete key, -1 for other texts. */
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

    /** How many names there was no room for, or were dropped to make room for others. */
    synchronized long dropped() {
        return entries.dropped();
    }
}
