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
 * Inflates bodies within a bound, into one array of just their length, which is taken out of a
 * budget before it is made: the length is what the end of a gzip file says, or it is found by
 * inflating without keeping anything.
 */
public final class BodyInflater {
    private static final int CHUNK = 16 * 1024;
    /** Header and trailer of a gzip file. */
    private static final int LEAST_GZIP = 18;
    /** No deflated byte stands for more. */
    private static final int MAX_RATIO = 1032;

    private final int maxBytes;
    private final Budget budget;

    /**
     * @param maxBytes of an inflated body
     * @param budget of its bytes
     */
    public BodyInflater(int maxBytes, Budget budget) {
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    /** The body is larger than the bound once inflated. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Inflates a part of an array, from {@code from} to its end at {@code to}.
     *
     * @param account takes the inflated bytes, which it goes on holding
     * @throws TooLargeException beyond the bound
     * @throws IOException when the body is not what the coding says; the message is for the client
     * @throws NoRoomException when the budget lacks the inflated bytes
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

    /** The length that a gzip file of one member ends with, where the body may have it; else -1. */
    private static int announced(byte[] body, int from, int to) {
        if (to - from < LEAST_GZIP) {
            return -1;
        }
        int length = ByteBuffer.wrap(body, to - Integer.BYTES, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        return length <= (long) MAX_RATIO * (to - from) ? length : -1;
    }

    /** The inflated body; null if it is not of this length, and then nothing is taken. */
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
                inflater.end(); // which it leaves to whoever made it
            }
        };
    }

    /**
     * RFC 1950: compression method 8 in the low nibble, and the first two bytes are a multiple of
     * 31.
     */
    private static boolean hasZlibHeader(byte[] body, int from, int to) {
        return to - from > 1
                && (body[from] & 0x0f) == 8
                && (((body[from] & 0xff) << 8) | (body[from + 1] & 0xff)) % 31 == 0;
    }
}
