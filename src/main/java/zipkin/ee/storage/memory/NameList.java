package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The latest {@value #MAX} names, in the order of arrival. Guarded by {@link SharedNames}. */
final class NameList {
    static final int MAX = 50_000;

    /** Heap bytes of an entry and its map entry. */
    private static final int ENTRY = 96;

    private final LeastUsed entries;
    private final Map<String, Name> names = new LinkedHashMap<>();

    private final class Name extends LeastUsed.Entry {
        private final String text;

        Name(String text) {
            super(ENTRY + HeapBytes.of(text));
            this.text = text;
        }

        @Override
        void evict() {
            names.remove(text);
        }
    }

    NameList(LeastUsed entries) {
        this.entries = entries;
    }

    void add(String text) {
        Name known = names.get(text);
        if (known != null) {
            known.use();
            return;
        }
        if (text.length() > LeastUsed.MAX_CHARACTERS) {
            entries.refuse();
            return;
        }
        if (names.size() == MAX) {
            Iterator<Name> all = names.values().iterator();
            entries.drop(all.next());
            all.remove();
        }
        Name name = new Name(text);
        if (entries.add(name)) {
            names.put(text, name);
        }
    }

    /** Removes all names. */
    void drop() {
        names.values().forEach(entries::remove);
        names.clear();
    }

    List<String> list() {
        return new ArrayList<>(names.keySet());
    }
}
