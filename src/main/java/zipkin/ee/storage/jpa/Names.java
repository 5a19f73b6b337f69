package zipkin.ee.storage.jpa;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.Pages;
import zipkin.ee.storage.jpa.model.NameRow;
import zipkin2.Span;

/**
 * Names of services, their spans and remote services, and values of autocomplete tags. Each server
 * remembers which ones it has written today, so most messages write none. Names longer than 10,000
 * characters are not offered. Thread safe.
 */
final class Names {
    /** The kind of a name, by the codes of column {@code kind}. */
    enum Kind {
        SERVICE(0),
        SPAN(1),
        REMOTE_SERVICE(2),
        TAG_VALUE(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private static final int MAX_CHARACTERS = 10_000;
    private static final int MAX_REMEMBERED = 100_000;
    private static final int MAX_REMEMBERED_CHARACTERS = 8_000_000;
    private static final int MAX_OFFERED = 100_000;
    private static final int IDS_PER_QUERY = 500;
    private static final int NAMES_PER_WRITE = 200;

    private final Transactions transactions;
    private final Clock clock;
    private final Set<String> autocompleteKeys;
    private final ReentrantLock writing = new ReentrantLock(true);
    private volatile Known known = new Known(0);

    /**
     * Comparable, so that sets find one fast even where clients chose names whose hashes are the
     * same.
     */
    private record Name(Kind kind, String owner, String name) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int order = kind.compareTo(other.kind);
            order = order != 0 ? order : owner.compareTo(other.owner);
            return order != 0 ? order : name.compareTo(other.name);
        }

        long id() {
            return Names.id(kind, owner, name);
        }

        NameRow row(int day) {
            return new NameRow(id(), kind.code, Names.id(kind, owner, ""), storable(name), day);
        }
    }

    /**
     * What was written on one day, by kind and owner: looked up for each span, so without making a
     * key.
     */
    private static final class Known {
        final int day;
        final AtomicInteger size = new AtomicInteger();
        final AtomicLong characters = new AtomicLong();
        private final List<Map<String, Set<String>>> names = Stream.of(Kind.values())
                .<Map<String, Set<String>>>map(kind -> new ConcurrentHashMap<>())
                .toList();

        Known(int day) {
            this.day = day;
        }

        boolean contains(Kind kind, String owner, String name) {
            return names.get(kind.code).getOrDefault(owner, Set.of()).contains(name);
        }

        void add(Name name) {
            Set<String> ofOwner =
                    names.get(name.kind().code).computeIfAbsent(name.owner(), owner -> ConcurrentHashMap.newKeySet());
            if (ofOwner.add(name.name())) {
                size.incrementAndGet();
                characters.addAndGet(name.owner().length() + name.name().length());
            }
        }
    }

    Names(Transactions transactions, Clock clock, Set<String> autocompleteKeys) {
        this.transactions = transactions;
        this.clock = clock;
        this.autocompleteKeys = autocompleteKeys;
    }

    /**
     * Writes the names of these spans that are new today, in transactions of their own. A message
     * may have thousands of them: they are divided, so that the names of others get their turn.
     */
    void add(List<Span> spans) {
        Known today = known();
        Set<Name> fresh = new HashSet<>();
        for (Span span : spans) {
            collect(span, today, fresh);
        }
        for (List<Name> some : Pages.of(List.copyOf(fresh), NAMES_PER_WRITE)) {
            write(some, today);
        }
    }

    /**
     * One thread at a time: messages that come together have mostly the same new names, and would
     * fight for their rows.
     */
    private void write(List<Name> fresh, Known today) {
        writing.lock();
        try {
            Map<Long, NameRow> rows = new TreeMap<>();
            for (Name name : fresh) {
                if (!today.contains(name.kind(), name.owner(), name.name())) {
                    rows.put(name.id(), name.row(today.day));
                }
            }
            if (!rows.isEmpty()) {
                DatabaseConflicts.retrying(() -> transactions.call(manager -> write(manager, rows, today.day)));
                fresh.forEach(today::add);
            }
        } finally {
            writing.unlock();
        }
    }

    private Known known() {
        int day = Days.of(clock.millis());
        Known present = known;
        boolean full = present.size.get() > MAX_REMEMBERED || present.characters.get() > MAX_REMEMBERED_CHARACTERS;
        if (present.day != day || full) {
            present = new Known(day);
            known = present;
        }
        return present;
    }

    /**
     * The names of this kind and owner, sorted; owner is a service, a tag key, or empty for
     * services.
     */
    List<String> find(Kind kind, String owner) {
        return transactions.call(manager -> manager.createQuery(
                        "SELECT n.name FROM NameRow n WHERE n.kind = :kind AND n.owner = :owner", String.class)
                .setParameter("kind", kind.code)
                .setParameter("owner", id(kind, owner, ""))
                .setMaxResults(MAX_OFFERED)
                .getResultStream()
                .sorted()
                .toList());
    }

    private void collect(Span span, Known known, Set<Name> fresh) {
        String service = span.localServiceName();
        if (service != null) {
            collect(Kind.SERVICE, "", service, known, fresh);
            collect(Kind.SPAN, service, span.name(), known, fresh);
            collect(Kind.REMOTE_SERVICE, service, span.remoteServiceName(), known, fresh);
        }
        for (String key : autocompleteKeys) {
            collect(Kind.TAG_VALUE, key, span.tags().get(key), known, fresh);
        }
    }

    private static void collect(Kind kind, String owner, @Nullable String name, Known known, Set<Name> fresh) {
        if (name != null && name.length() <= MAX_CHARACTERS && !known.contains(kind, owner, name)) {
            fresh.add(new Name(kind, owner, name));
        }
    }

    private static boolean write(EntityManager manager, Map<Long, NameRow> names, int today) {
        for (List<Long> some : Pages.of(List.copyOf(names.keySet()), IDS_PER_QUERY)) {
            Set<Long> present =
                    new HashSet<>(manager.createQuery("SELECT n.id FROM NameRow n WHERE n.id IN :ids", Long.class)
                            .setParameter("ids", some)
                            .getResultList());
            if (!present.isEmpty()) {
                manager.createQuery("UPDATE NameRow n SET n.seenDay = :today WHERE n.id IN :ids AND n.seenDay < :today")
                        .setParameter("today", today)
                        .setParameter("ids", new ArrayList<>(present))
                        .executeUpdate();
            }
            some.stream().filter(id -> !present.contains(id)).forEach(id -> manager.persist(copy(names, id)));
            // What the manager knows is looked through before each query, so it must not add up.
            manager.flush();
            manager.clear();
        }
        return true;
    }

    /** Another attempt may have persisted the same object in vain. */
    private static NameRow copy(Map<Long, NameRow> names, long id) {
        NameRow row = java.util.Objects.requireNonNull(names.get(id));
        return new NameRow(row.id, row.kind, row.owner, row.name, row.seenDay);
    }

    /**
     * PostgreSQL has no zero character in texts, and half a pair of surrogates is no text anywhere.
     */
    static String storable(String name) {
        String valid = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return valid.replace('\0', '\ufffd');
    }

    /** 64 bits of SHA-256, so that nobody can make a name that hides another. */
    static long id(Kind kind, String owner, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) kind.code);
            digest.update(owner.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0xff);
            byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
            return java.nio.ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
