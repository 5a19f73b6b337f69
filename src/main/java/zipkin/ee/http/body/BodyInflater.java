package zipkin.ee.http.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import zipkin.ee.budget.Account;
import zipkin.ee.budget.Budget;
import zipkin.ee.budget.NoRoomException;

/**
 * Inflates bodies up to a maximum size into an array of exactly their length, which is taken from a
 * budget first. The length is the one at the end of a gzip file, or is found by inflating the body
 * once without keeping it.
 */
public final class BodyInflater {
    private static final int CHUNK = 16 * 1024;
    /** Bytes of the header and trailer of a gzip file. */
    private static final int LEAST_GZIP = 18;
    /** The most bytes that one deflated byte can stand for. */
    private static final int MAX_RATIO = 1032;

    private final int maxBytes;
    private final Budget budget;

    /**
     * @param maxBytes maximum size of an inflated body
     * @param budget budget for the bytes of inflated bodies
     */
    public BodyInflater(int maxBytes, Budget budget) {
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    /** The inflated body exceeds the maximum size. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Inflates {@code body[from, to)}.
     *
     * @param account takes the inflated bytes from the budget and continues to hold them
     * @throws TooLargeException if the inflated body exceeds the maximum size
     * @throws IOException if the body does not have this coding; the message is for the client
     * @throws NoRoomException if the budget lacks the inflated bytes
     */
    byte[] inflate(byte[] body, int from, int to, ContentCoding coding, Account account) throws IOException {
        if (from == to) {
            return new byte[0];
        }
        try {
            int announced = coding == ContentCoding.GZIP ? announced(body, from, to) : -1;
            if (announced >= 0 && announced <= maxBytes) {
                byte[] inflated = fill(body, from, to, coding, announced, account);
                if (inflated != null) {
                    return inflated;
                }
            }
            byte[] inflated = fill(body, from, to, coding, count(body, from, to, coding), account);
            if (inflated == null) {
                throw new IllegalStateException("The same bytes were inflated to another length");
            }
            return inflated;
        } catch (TooLargeException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(coding == ContentCoding.GZIP ? "Cannot gunzip spans" : "Cannot inflate spans", e);
        }
    }

    /** The length at the end of a gzip file, or -1 if the body cannot have it. */
    private static int announced(byte[] body, int from, int to) {
        if (to - from < LEAST_GZIP) {
            return -1;
        }
        int length = ByteBuffer.wrap(body, to - Integer.BYTES, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        return length <= (long) MAX_RATIO * (to - from) ? length : -1;
    }

    /** Returns the inflated body, or null if it does not have this length. */
    private byte @Nullable [] fill(byte[] body, int from, int to, ContentCoding coding, int length, Account account)
            throws IOException {
        account.require(budget, length);
        boolean filled = false;
        try (InputStream in = inflating(body, from, to, coding)) {
            byte[] inflated = new byte[length];
            filled = in.readNBytes(inflated, 0, length) == length && in.read() < 0;
            return filled ? inflated : null;
        } finally {
            if (!filled) {
                account.giveBack(budget, length);
            }
        }
    }

    private int count(byte[] body, int from, int to, ContentCoding coding) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int length = 0;
        try (InputStream in = inflating(body, from, to, coding)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                length += count;
                if (length > maxBytes) {
                    throw new TooLargeException();
                }
            }
        }
        return length;
    }

    private static InputStream inflating(byte[] body, int from, int to, ContentCoding coding) throws IOException {
        ByteArrayInputStream compressed = new ByteArrayInputStream(body, from, to - from);
        if (coding == ContentCoding.GZIP) {
            return new GZIPInputStream(compressed, CHUNK);
        }
        Inflater inflater = new Inflater(!hasZlibHeader(body, from, to));
        return new InflaterInputStream(compressed, inflater, CHUNK) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end(); // InflaterInputStream does not end an inflater that it was given
            }
        };
    }

    /** RFC 1950: method 8 in the low nibble; the first two bytes are a multiple of 31. */
    private static boolean hasZlibHeader(byte[] body, int from, int to) {
        return to - from > 1
                && (body[from] & 0x0f) == 8
                && (((body[from] & 0xff) << 8) | (body[from + 1] & 0xff)) % 31 == 0;
    }
}
