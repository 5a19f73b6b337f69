package zipkin.ee.storage.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Budget;
import zipkin.ee.codec.TextHash;
import zipkin2.DependencyLink;

/**
 * Numbered, distinct sets of links within a budget: most traces have the same few. A set has four
 * numbers for each link: parent, child, calls and errors. Used by one thread at a time.
 */
final class LinkSets {
    /** Returned instead of a number when there is no room for a set. */
    static final int NONE = -1;

    private static final int LINK = 4;
    private static final int SET_BYTES = HeapBytes.ARRAY + 24;
    private static final int NAME_BYTES = 64;

    private final Budget budget;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<@Nullable String> names = new ArrayList<>();
    private final Deque<Integer> freeNames = new ArrayDeque<>();
    private final List<int @Nullable []> sets = new ArrayList<>();
    private final Deque<Integer> freeSets = new ArrayDeque<>();
    private int[] places = new int[64];
    private int count;

    LinkSets(Budget budget) {
        this.budget = budget;
    }

    /** Returns the number of a set, which is added if it is new, or {@link #NONE}. */
    int number(List<DependencyLink> links) {
        long bytes = SET_BYTES + (long) LINK * Integer.BYTES * links.size();
        if (!budget.take(bytes)) {
            return NONE;
        }
        int[] set = new int[LINK * links.size()];
        int to = 0;
        for (DependencyLink link : links) {
            Integer parent = name(link.parent());
            Integer child = parent == null ? null : name(link.child());
            if (parent == null || child == null) {
                budget.giveBack(bytes); // retain() removes names without a set
                return NONE;
            }
            set[to++] = parent;
            set[to++] = child;
            set[to++] = (int) link.callCount();
            set[to++] = (int) link.errorCount();
        }
        int known = find(set);
        if (known != NONE) {
            budget.giveBack(bytes);
            return known;
        }
        return add(set);
    }

    private @Nullable Integer name(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (!budget.take(NAME_BYTES + HeapBytes.of(name))) {
            return null;
        }
        Integer number = freeNames.poll();
        if (number == null) {
            number = names.size();
            names.add(name);
        } else {
            names.set(number, name);
        }
        numbers.put(name, number);
        return number;
    }

    private int find(int[] set) {
        int mask = places.length - 1;
        int place = hash(set) & mask;
        while (places[place] != 0) {
            int number = places[place] - 1;
            if (Arrays.equals(sets.get(number), set)) {
                return number;
            }
            place = (place + 1) & mask;
        }
        return NONE;
    }

    private int add(int[] set) {
        Integer number = freeSets.poll();
        if (number == null) {
            number = sets.size();
            sets.add(set);
        } else {
            sets.set(number, set);
        }
        if (2 * ++count > places.length) {
            rebuild(2 * places.length);
        } else {
            put(set, number);
        }
        return number;
    }

    private void rebuild(int length) {
        places = new int[length];
        for (int number = 0; number < sets.size(); number++) {
            int[] set = sets.get(number);
            if (set != null) {
                put(set, number);
            }
        }
    }

    private void put(int[] set, int number) {
        int mask = places.length - 1;
        int place = hash(set) & mask;
        while (places[place] != 0) {
            place = (place + 1) & mask;
        }
        places[place] = number + 1;
    }

    private static int hash(int[] set) {
        int hash = set.length;
        for (int number : set) {
            hash = TextHash.of(hash, number);
        }
        return hash;
    }

    /** Removes all other sets, and names that no set has. */
    void retain(BitSet kept) {
        BitSet named = new BitSet();
        for (int number = 0; number < sets.size(); number++) {
            int[] set = sets.get(number);
            if (set == null) {
                continue;
            }
            if (kept.get(number)) {
                for (int i = 0; i < set.length; i += LINK) {
                    named.set(set[i]);
                    named.set(set[i + 1]);
                }
            } else {
                sets.set(number, null);
                freeSets.add(number);
                count--;
                budget.giveBack(SET_BYTES + (long) Integer.BYTES * set.length);
            }
        }
        for (int number = 0; number < names.size(); number++) {
            String name = names.get(number);
            if (name != null && !named.get(number)) {
                names.set(number, null);
                numbers.remove(name);
                freeNames.add(number);
                budget.giveBack(NAME_BYTES + HeapBytes.of(name));
            }
        }
        rebuild(places.length);
    }

    /** An upper bound of the numbers of sets, exclusive. */
    int end() {
        return sets.size();
    }

    List<DependencyLink> links(int number) {
        int[] set = sets.get(number);
        List<DependencyLink> links = new ArrayList<>();
        for (int i = 0; set != null && i < set.length; i += LINK) {
            links.add(DependencyLink.newBuilder()
                    .parent(String.valueOf(names.get(set[i])))
                    .child(String.valueOf(names.get(set[i + 1])))
                    .callCount(set[i + 2])
                    .errorCount(set[i + 3])
                    .build());
        }
        return links;
    }
}
