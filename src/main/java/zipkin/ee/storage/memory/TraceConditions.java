package zipkin.ee.storage.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.storage.QueryRequest;

/**
 * The conditions of a query. A trace matches if each condition is met by some span of the service,
 * not necessarily the same one. {@link InBlock} evaluates them in one block.
 */
final class TraceConditions {
    /** TraceConditions that have a bit. Others are left to the test of the whole trace. */
    private static final int MAX = Long.SIZE - 1;

    private final @Nullable String service;
    private final int serviceHash;
    private final List<Condition> all = new ArrayList<>();

    private enum Kind {
        SERVICE,
        NAME,
        REMOTE,
        /** A tag's key or an annotation. */
        WORD,
        TAG,
        DURATION
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Condition(
            Kind kind,
            String text,
            byte[] key,
            int keyHash,
            byte[] value,
            int valueHash,
            int term,
            long minMicros,
            long maxMicros) {}

    TraceConditions(QueryRequest request) {
        service = request.serviceName();
        serviceHash = service == null ? 0 : Terms.hash(service);
        if (request.spanName() != null) {
            String name = request.spanName();
            all.add(text(Kind.NAME, name, TermFilter.name(Terms.hash(name))));
        }
        if (request.remoteServiceName() != null) {
            String remote = request.remoteServiceName();
            all.add(text(Kind.REMOTE, remote, TermFilter.remote(Terms.hash(remote))));
        }
        for (Map.Entry<String, String> entry : request.annotationQuery().entrySet()) {
            all.add(
                    entry.getValue().isEmpty()
                            ? text(Kind.WORD, entry.getKey(), TermFilter.word(Terms.hash(entry.getKey())))
                            : tag(entry.getKey(), entry.getValue()));
        }
        if (request.minDuration() != null) {
            long max = request.maxDuration() == null ? Long.MAX_VALUE : request.maxDuration();
            all.add(new Condition(Kind.DURATION, "", new byte[0], 0, new byte[0], 0, 0, request.minDuration(), max));
        }
        if (all.isEmpty()) {
            all.add(text(Kind.SERVICE, "", 0));
        }
        if (all.size() > MAX) {
            all.subList(MAX, all.size()).clear();
        }
    }

    private static Condition text(Kind kind, String text, int term) {
        return new Condition(kind, text, Terms.bytes(text), Terms.hash(text), new byte[0], 0, term, 0, 0);
    }

    private static Condition tag(String key, String value) {
        int term = TermFilter.tag(Terms.hash(key), Terms.hash(value));
        return new Condition(
                Kind.TAG, key, Terms.bytes(key), Terms.hash(key), Terms.bytes(value), Terms.hash(value), term, 0, 0);
    }

    int size() {
        return all.size();
    }

    InBlock in(BlockView view) {
        return new InBlock(view);
    }

    /** The conditions with the text and endpoint numbers of one block. */
    final class InBlock {
        private final BlockView view;
        private final boolean[] locals;
        private final boolean anyLocal;
        private final int[] keys = new int[all.size()];
        private final int[] values = new int[all.size()];
        private final boolean[] @Nullable [] remotes = new boolean[all.size()][];

        private InBlock(BlockView view) {
            this.view = view;
            this.locals = service == null ? new boolean[0] : endpointsOf(service);
            this.anyLocal = service == null || any(locals);
            if (anyLocal) {
                for (int i = 0; i < keys.length; i++) {
                    resolve(i);
                }
            }
        }

        private void resolve(int i) {
            Condition condition = all.get(i);
            switch (condition.kind) {
                case NAME, WORD -> keys[i] = view.texts().find(condition.key, condition.keyHash);
                case TAG -> {
                    keys[i] = view.texts().find(condition.key, condition.keyHash);
                    values[i] = view.texts().find(condition.value, condition.valueHash);
                }
                case REMOTE -> remotes[i] = endpointsOf(condition.text);
                case SERVICE, DURATION -> {}
            }
        }

        private boolean[] endpointsOf(String name) {
            boolean[] found = new boolean[view.endpointCount() + 1];
            for (int number = 1; number < found.length; number++) {
                found[number] = name.equals(view.service(number));
            }
            return found;
        }

        /** Whether some span of the block may meet a condition. */
        boolean mayHave(int i) {
            if (!anyLocal) {
                return false;
            }
            Condition condition = all.get(i);
            return switch (condition.kind) {
                case SERVICE -> true;
                case NAME, WORD -> keys[i] != 0 && hasTerm(condition.term);
                case TAG -> keys[i] != 0 && values[i] != 0 && hasTerm(condition.term);
                case REMOTE -> remotes[i] != null && any(remotes[i]) && hasTerm(condition.term);
                case DURATION -> hasDuration(condition);
            };
        }

        private boolean hasDuration(Condition condition) {
            int last = Durations.level(condition.maxMicros);
            for (int level = Durations.level(condition.minMicros); level <= last; level++) {
                if (hasTerm(TermFilter.duration(level))) {
                    return true;
                }
            }
            return false;
        }

        private boolean hasTerm(int term) {
            return TermFilter.mayHave(view.terms(), service == null ? term : TermFilter.in(serviceHash, term));
        }

        /**
         * Returns which conditions the current span meets.
         *
         * @param span a cursor that has not read the tags of the span
         * @param wanted the conditions to test, as bits
         */
        long met(SpanCursor span, long wanted) {
            if (service != null && !(span.localEndpoint < locals.length && locals[span.localEndpoint])) {
                return 0;
            }
            long met = 0;
            boolean words = false;
            for (int i = 0; i < keys.length; i++) {
                if ((wanted & 1L << i) == 0) {
                    continue;
                }
                Condition condition = all.get(i);
                switch (condition.kind) {
                    case SERVICE -> met |= 1L << i;
                    case NAME -> met |= bit(span.name != 0 && span.name == keys[i], i);
                    case REMOTE -> {
                        boolean[] remote = remotes[i];
                        met |= bit(
                                remote != null && span.remoteEndpoint < remote.length && remote[span.remoteEndpoint],
                                i);
                    }
                    case DURATION ->
                        met |= bit(
                                span.durationMicros >= condition.minMicros
                                        && span.durationMicros <= condition.maxMicros,
                                i);
                    case TAG, WORD -> words |= keys[i] != 0;
                }
            }
            return words ? met | metByWords(span, wanted & ~met) : met;
        }

        private long metByWords(SpanCursor span, long wanted) {
            long met = 0;
            for (int tag = 0; tag < span.tags; tag++) {
                span.nextTag();
                for (int i = 0; i < keys.length; i++) {
                    if (keys[i] == span.key && (wanted & 1L << i) != 0) {
                        Kind kind = all.get(i).kind;
                        met |= bit(kind == Kind.WORD || (kind == Kind.TAG && values[i] == span.value), i);
                    }
                }
            }
            span.openAnnotations();
            for (int annotation = 0; annotation < span.annotations; annotation++) {
                span.nextAnnotation();
                for (int i = 0; i < keys.length; i++) {
                    if (keys[i] == span.value && all.get(i).kind == Kind.WORD) {
                        met |= 1L << i;
                    }
                }
            }
            return met & wanted;
        }

        private static long bit(boolean met, int i) {
            return met ? 1L << i : 0;
        }

        private static boolean any(boolean[] set) {
            for (boolean one : set) {
                if (one) {
                    return true;
                }
            }
            return false;
        }
    }
}
