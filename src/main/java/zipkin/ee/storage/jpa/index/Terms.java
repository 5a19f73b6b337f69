package zipkin.ee.storage.jpa.index;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import zipkin2.Annotation;
import zipkin2.Span;

/**
 * What spans are found by, as 64-bit hashes. Part of the schema: a change of a hash needs a new
 * version of it. Different terms may have the same hash, so what is found has to be checked against
 * the spans.
 *
 * <p>A span has a term for its service, its name, service and name, remote service, service and
 * remote service, each tag key, each annotation value (the same term as a tag key), each tag, and
 * each power of four of its duration from 1,024 µs up.
 */
public final class Terms {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final char SEPARATOR = '\uffff';
    private static final int LEAST_DURATION_POWER = 5;

    /** Takes the terms of a span, some of them perhaps more than once. */
    @FunctionalInterface
    public interface Sink {
        void term(long term);
    }

    private Terms() {}

    public static long service(String service) {
        return hash('s', service, "");
    }

    public static long name(@Nullable String service, String name) {
        return service == null ? hash('n', name, "") : hash('N', service, name);
    }

    public static long remoteService(@Nullable String service, String remote) {
        return service == null ? hash('r', remote, "") : hash('R', service, remote);
    }

    /** A tag key or an annotation value. */
    public static long key(String key) {
        return hash('k', key, "");
    }

    public static long tag(String key, String value) {
        return hash('t', key, value);
    }

    /**
     * The term of all spans that last at least as long as the greatest power of four below; null
     * when that is less than 1,024 µs, which is not indexed.
     */
    public static @Nullable Long atLeast(long durationMicros) {
        int power = power(durationMicros);
        return power < LEAST_DURATION_POWER ? null : lasting(power);
    }

    /** Gives all terms of the span to the sink. */
    public static void of(Span span, Sink sink) {
        String service = span.localServiceName();
        if (service != null) {
            sink.term(service(service));
        }
        if (span.name() != null) {
            sink.term(name(null, span.name()));
            if (service != null) {
                sink.term(name(service, span.name()));
            }
        }
        if (span.remoteServiceName() != null) {
            sink.term(remoteService(null, span.remoteServiceName()));
            if (service != null) {
                sink.term(remoteService(service, span.remoteServiceName()));
            }
        }
        for (Annotation annotation : span.annotations()) {
            sink.term(key(annotation.value()));
        }
        for (Map.Entry<String, String> tag : span.tags().entrySet()) {
            sink.term(key(tag.getKey()));
            sink.term(tag(tag.getKey(), tag.getValue()));
        }
        for (int power = power(span.durationAsLong()); power >= LEAST_DURATION_POWER; power--) {
            sink.term(lasting(power));
        }
    }

    private static int power(long micros) {
        return micros <= 0 ? 0 : (63 - Long.numberOfLeadingZeros(micros)) / 2;
    }

    private static long lasting(int power) {
        return mix((FNV_OFFSET ^ 'd') * FNV_PRIME + power);
    }

    /** FNV-1a over UTF-16 units, with the finisher of MurmurHash3. */
    private static long hash(char kind, String first, String second) {
        long hash = (FNV_OFFSET ^ kind) * FNV_PRIME;
        hash = add(hash, first);
        hash = (hash ^ SEPARATOR) * FNV_PRIME;
        return mix(add(hash, second));
    }

    private static long add(long hash, String text) {
        long result = hash;
        for (int i = 0, length = text.length(); i < length; i++) {
            result = (result ^ text.charAt(i)) * FNV_PRIME;
        }
        return result;
    }

    private static long mix(long hash) {
        long result = hash;
        result = (result ^ (result >>> 33)) * 0xff51afd7ed558ccdL;
        result = (result ^ (result >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return result ^ (result >>> 33);
    }
}
