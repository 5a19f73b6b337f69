package zipkin.ee.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Immutable content with its HTTP headers, uncompressed and, when it is large enough, compressed.
 * Thread safe.
 */
final class Asset {
    /** Content of this size and above is compressed, as in the reference's configuration. */
    static final int MIN_COMPRESSED_BYTES = 2048;

    private static final Set<String> COMPRESSED_TYPES =
            Set.of("application/json", "application/javascript", "text/css", "image/svg+xml");

    private final Variant plain;
    private final @Nullable String contentType;
    private final int maxAgeSeconds;
    private @Nullable Variant gzip;

    /**
     * @param contentType null when the file's name does not determine it
     * @param maxAgeSeconds how long caches may keep it
     */
    Asset(byte[] body, @Nullable String contentType, int maxAgeSeconds) {
        this.plain = new Variant(body, hash(body));
        this.contentType = contentType;
        this.maxAgeSeconds = maxAgeSeconds;
    }

    @Nullable
    String contentType() {
        return contentType;
    }

    int maxAgeSeconds() {
        return maxAgeSeconds;
    }

    boolean isCompressible() {
        return contentType != null
                && plain.body().length >= MIN_COMPRESSED_BYTES
                && COMPRESSED_TYPES.contains(contentType.split(";", 2)[0]);
    }

    Variant plain() {
        return plain;
    }

    /** The compressed content. The first call compresses: a tenth of a second for Lens's script. */
    synchronized Variant gzip() {
        if (gzip == null) {
            gzip = new Variant(compress(plain.body()), plain.tag() + "-gzip");
        }
        return gzip;
    }

    /**
     * Whether {@code tag}, without quotes, belongs to a variant of this content.
     */
    boolean isTagged(String tag) {
        return tag.equals(plain.tag()) || tag.equals(plain.tag() + "-gzip");
    }

    private static String hash(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 15));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] compress(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /**
     * The bytes of one content coding.
     *
     * @param tag the strong entity tag, without quotes
     */
    // Never compared, and copying a megabyte per request would be waste.
    @SuppressWarnings("ArrayRecordComponent")
    record Variant(byte[] body, String tag) {}
}
