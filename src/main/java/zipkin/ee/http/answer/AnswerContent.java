package zipkin.ee.http.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The bytes of one answer, in pieces. Small writes are copied together; large arrays are kept
 * without a copy. Thread safe, since a timer may clear it while it is being sent.
 */
final class AnswerContent {
    /**
     * Arrays of at least this size are not copied. Buffers that are reused, such as those of
     * Jakarta REST and of {@link java.io.InputStream#transferTo}, are smaller.
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

    /** Returns a last piece with room. The first one grows, because most answers are small. */
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

    /** All bytes that were added, sent or not. */
    synchronized long size() {
        return size;
    }

    /** Removes all bytes. Others may be added. */
    synchronized void reset() {
        pieces.clear();
        size = 0;
    }

    /** Removes all bytes and makes {@link #send} fail. */
    synchronized void clear() {
        pieces.clear();
        cleared = true;
    }

    /**
     * Writes up to {@code limit} bytes and removes them.
     *
     * @return how many bytes were written; 0 at the end
     * @throws IOException if the content was cleared
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
