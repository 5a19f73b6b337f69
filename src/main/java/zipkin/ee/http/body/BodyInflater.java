package zipkin.ee.http.body;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Inflates bodies within a bound. Content-Encoding {@code gzip} is what Zipkin takes; {@code deflate} is taken too, with or
 * without zlib's header, as Jaeger's and OpenTelemetry's receivers do. Other encodings are left as they are.
 */
public final class BodyInflater {
    private static final int CHUNK = 16 * 1024;

    private final int maxBytes;

    public BodyInflater(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The body is larger than the bound once inflated. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param contentEncoding the header, or null
     * @return the inflated body, or the same array when it is not compressed
     * @throws TooLargeException beyond the bound
     * @throws IOException when the body is not what the header says; the message is for the client
     */
    public byte[] inflate(byte[] body, @Nullable String contentEncoding) throws IOException {
        if (contentEncoding == null || body.length == 0) {
            return body;
        }
        String encoding = contentEncoding.toLowerCase(Locale.ROOT);
        if (encoding.contains("gzip")) {
            return gunzip(body);
        }
        if (encoding.contains("deflate") || encoding.contains("zlib")) {
            return unzlib(body);
        }
        return body;
    }

    private byte[] gunzip(byte[] body) throws IOException {
        try {
            return readAll(new GZIPInputStream(new ByteArrayInputStream(body), CHUNK));
        } catch (TooLargeException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("Cannot gunzip spans", e);
        }
    }

    private byte[] unzlib(byte[] body) throws IOException {
        // RFC 1950: compression method 8 in the low nibble, and the first two bytes are a multiple of 31.
        boolean zlib =
                body.length > 1 && (body[0] & 0x0f) == 8 && (((body[0] & 0xff) << 8) | (body[1] & 0xff)) % 31 == 0;
        Inflater inflater = new Inflater(!zlib);
        try {
            return readAll(new InflaterInputStream(new ByteArrayInputStream(body), inflater, CHUNK));
        } catch (TooLargeException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("Cannot inflate spans", e);
        } finally {
            inflater.end();
        }
    }

    private byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        try (in) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                if (out.size() + count > maxBytes) {
                    throw new TooLargeException();
                }
                out.write(chunk, 0, count);
            }
        } catch (EOFException e) {
            throw new IOException("truncated", e);
        }
        return out.toByteArray();
    }
}
