package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import zipkin.ee.codec.FlatSpans;
import zipkin.ee.codec.TextHash;

/**
 * The names of services, with those of their spans and of the services that they call, as long as a span of them is stored; the values of tags that are
 * completed, for good. One for each shard, whose lock its writer holds; {@link Shared} is what any thread reads.
 */
final class Names {
    private final Shared shared;
    private final Map<String, ShardService> services = new HashMap<>();

    Names(Shared shared) {
        this.shared = shared;
    }

    /** The service of this name, which gets a span. */
    ShardService enter(String name) {
        ShardService known = services.get(name);
        if (known == null) {
            known = new ShardService(name);
            services.put(name, known);
        }
        if (known.spans == 0) {
            known.service = shared.enter(name);
        }
        return known;
    }

    /** As many spans of the service are gone. */
    void leave(String name, int spans) {
        ShardService known = services.get(name);
        if (known == null) {
            return;
        }
        known.spans -= spans;
        if (known.spans == 0) {
            services.remove(name);
            shared.leave(name);
        }
    }

    boolean isAutocompleted(FlatSpans message, int key) {
        return shared.keys.length > 0 && shared.keyOf(message, key) >= 0;
    }

    void addValue(FlatSpans message, int tag) {
        shared.addValue(shared.keyOf(message, message.tagKey(tag)), message.string(message.tagValue(tag)));
    }

    /** How many spans of a service a shard has. */
    static final class ShardService {
        private final String name;
        private @Nullable Service service;
        private int spans;

        ShardService(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        int spans() {
            return spans;
        }

        void addSpan() {
            spans++;
        }

        void addSpanName(FlatSpans message, int text) {
            if (service != null) {
                service.spanNames.add(message.string(text));
            }
        }

        void addRemoteName(String remote) {
            if (service != null) {
                service.remoteNames.add(remote);
            }
        }
    }

    /** What all shards know. */
    static final class Shared {
        private final ConcurrentNavigableMap<String, Service> services = new ConcurrentSkipListMap<>();
        private final String[] keys;
        private final byte[][] keyBytes;
        private final int[] keyHashes;
        private final OrderedTexts[] values;
        private final Budget budget;

        /**
         * @param maxBytes of heap that names take, about; more are not listed
         */
        Shared(List<String> autocompleteKeys, long maxBytes) {
            budget = new Budget(maxBytes);
            keys = autocompleteKeys.toArray(String[]::new);
            keyBytes = Arrays.stream(keys).map(Terms::bytes).toArray(byte[][]::new);
            keyHashes = Arrays.stream(keyBytes)
                    .mapToInt(bytes -> TextHash.of(bytes, 0, bytes.length))
                    .toArray();
            values = Arrays.stream(keys).map(key -> new OrderedTexts(budget)).toArray(OrderedTexts[]::new);
        }

        private synchronized Service enter(String name) {
            Service service = services.computeIfAbsent(name, any -> new Service(budget));
            service.shards++;
            return service;
        }

        private synchronized void leave(String name) {
            Service service = services.get(name);
            if (service != null && --service.shards == 0) {
                services.remove(name);
                service.spanNames.forget();
                service.remoteNames.forget();
            }
        }

        private int keyOf(FlatSpans message, int text) {
            int hash = message.textHash(text);
            int from = message.textFrom(text);
            for (int i = 0; i < keys.length; i++) {
                if (keyHashes[i] == hash
                        && Arrays.equals(
                                keyBytes[i],
                                0,
                                keyBytes[i].length,
                                message.textBytes(text),
                                from,
                                from + message.textLength(text))) {
                    return i;
                }
            }
            return -1;
        }

        private void addValue(int key, String value) {
            values[key].add(value);
        }

        List<String> serviceNames() {
            return new ArrayList<>(services.keySet());
        }

        List<String> spanNames(String service) {
            Service known = services.get(service);
            return known == null ? new ArrayList<>() : known.spanNames.list();
        }

        List<String> remoteNames(String service) {
            Service known = services.get(service);
            return known == null ? new ArrayList<>() : known.remoteNames.list();
        }

        List<String> values(String key) {
            int known = Arrays.asList(keys).indexOf(key);
            return known < 0 ? new ArrayList<>() : values[known].list();
        }
    }

    private static final class Service {
        private int shards;
        private final OrderedTexts spanNames;
        private final OrderedTexts remoteNames;

        Service(Budget budget) {
            spanNames = new OrderedTexts(budget);
            remoteNames = new OrderedTexts(budget);
        }
    }

    /** Bytes that all names may take. */
    private static final class Budget {
        private static final int BYTES_OF_AN_ENTRY = 160;

        private final long maxBytes;
        private final AtomicLong used = new AtomicLong();

        Budget(long maxBytes) {
            this.maxBytes = maxBytes;
        }

        boolean take(String text) {
            if (used.addAndGet(bytes(text)) <= maxBytes) {
                return true;
            }
            giveBack(text);
            return false;
        }

        void giveBack(String text) {
            used.addAndGet(-bytes(text));
        }

        private static long bytes(String text) {
            return BYTES_OF_AN_ENTRY + 2L * text.length();
        }
    }

    /** Texts in the order in which they came first. Bounded by {@value #MAX}: more would be of use to nobody. Any number of threads may use one. */
    private static final class OrderedTexts {
        static final int MAX = 50_000;

        private final Budget budget;
        private final ConcurrentHashMap<String, Boolean> known = new ConcurrentHashMap<>();
        private final ConcurrentSkipListMap<Integer, String> ordered = new ConcurrentSkipListMap<>();
        private final AtomicInteger next = new AtomicInteger();

        OrderedTexts(Budget budget) {
            this.budget = budget;
        }

        void add(String text) {
            if (known.containsKey(text) || known.size() >= MAX || !budget.take(text)) {
                return;
            }
            if (known.putIfAbsent(text, true) == null) {
                ordered.put(next.getAndIncrement(), text);
            } else {
                budget.giveBack(text);
            }
        }

        void forget() {
            known.keySet().forEach(budget::giveBack);
        }

        List<String> list() {
            return new ArrayList<>(ordered.values());
        }
    }
}
