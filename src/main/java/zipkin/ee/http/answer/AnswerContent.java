package zipkin.ee.http.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The bytes of one answer, in pieces: what is written in small parts is copied, a large array is
 * kept as it is. Thread safe, since a timer may clear it while it is being sent.
 */
final class AnswerContent {
    /**
     * Arrays of this size and more are not copied: whoever writes one does not change it
     * afterwards. Buffers that are used again, such as those of Jakarta REST and of
     * {@link java.io.InputStream#transferTo}, are smaller.
     */
    static final int KEPT_BYTES = 64 * 1024;

    private static final int FIRST_CAPACITY = 512;
    private static final int LARGEST_COPY = 32 * 1024;

    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long size;
    private boolean cleared;

    private static final class Piece {
        byte[] bytes;
        int start;
        int end;

        Piece(byte[] bytes, int end) {
            this.bytes = bytes;
            this.end = end;
        }
    }

    /**
     * Adds bytes.
     *
     * @param keep whether a whole array may be kept instead of copied, whatever its size
     */
    synchronized void add(byte[] bytes, int offset, int length, boolean keep) {
        size += length;
        if (offset == 0 && length == bytes.length && (keep || length >= KEPT_BYTES)) {
            pieces.add(new Piece(bytes, length));
            return;
        }
        int from = offset;
        while (from < offset + length) {
            Piece last = roomyLast(offset + length - from);
            int count = Math.min(last.bytes.length - last.end, offset + length - from);
            System.arraycopy(bytes, from, last.bytes, last.end, count);
            last.end += count;
            from += count;
        }
    }

    /** A last piece with some room; the first one grows, as most answers are small. */
    private Piece roomyLast(int wanted) {
        Piece last = pieces.peekLast();
        if (last == null || (last.end == last.bytes.length && last.bytes.length >= LARGEST_COPY)) {
            last = new Piece(new byte[Math.max(FIRST_CAPACITY, Math.min(wanted, LARGEST_COPY))], 0);
            pieces.add(last);
        } else if (last.end == last.bytes.length) {
            int capacity = Math.min(Math.max(last.bytes.length * 2, last.end + wanted), LARGEST_COPY);
            last.bytes = Arrays.copyOf(last.bytes, capacity);
        }
        return last;
    }

    /** Bytes that were added in all. */
    synchronized long size() {
        return size;
    }

    /** Forgets all bytes, for other ones. */
    synchronized void reset() {
        pieces.clear();
        size = 0;
    }

    /** Forgets all bytes for good: the answer can't be sent whole any more. */
    synchronized void clear() {
        pieces.clear();
        cleared = true;
    }

    /**
     * Sends a part, which is not kept here any longer than that.
     *
     * @return how many bytes were sent; 0 when all are
     * @throws IOException when the bytes were cleared before all were sent
     */
    synchronized int send(OutputStream out, int limit) throws IOException {
        if (cleared) {
            throw new IOException("The client has read too slowly");
        }
        Piece first = pieces.peekFirst();
        if (first == null) {
            return 0;
        }
        int count = Math.min(limit, first.end - first.start);
        out.write(first.bytes, first.start, count);
        first.start += count;
        if (first.start == first.end) {
            pieces.removeFirst();
        }
        return count;
    }
}
