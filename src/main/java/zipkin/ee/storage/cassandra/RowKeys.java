package zipkin.ee.storage.cassandra;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/**
 * Keys of rows that follow from the span, so that a span which is stored again is the same row. The
 * reference takes random bits in the place of the hash. Used by one thread.
 */
final class RowKeys {
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long DAY_MICROS = 24 * 3600 * 1_000_000L;

    private final MessageDigest md5;

    RowKeys() {
        try {
            md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /**
     * A time UUID of the span's start in milliseconds, with 62 bits of a hash of the whole span:
     * rows of an index by service, day and this key have no trace id in theirs. A span without any
     * time has that of 1970, since the time of storing would make it another row when it comes
     * again.
     */
    UUID of(Span span) {
        long hash = ByteBuffer.wrap(md5.digest(SpanBytesEncoder.PROTO3.encode(span)))
                .getLong();
        long time = Uuids.startOf(micros(span) / 1000).getMostSignificantBits();
        return new UUID(time, (hash & VARIANT_MASK) | VARIANT);
    }

    /** The span's start, or its first annotation's time as the reference guesses it; 0 for none. */
    static long micros(Span span) {
        if (span.timestampAsLong() != 0 || span.annotations().isEmpty()) {
            return span.timestampAsLong();
        }
        return span.annotations().get(0).timestamp();
    }

    /** Day since 1970-01-01 in UTC, the unit of the search tables' buckets. */
    static int day(long micros) {
        return (int) (micros / DAY_MICROS);
    }
}
