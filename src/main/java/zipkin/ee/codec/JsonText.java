package zipkin.ee.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at JSON strings as bytes, eight at a time where that is possible. */
final class JsonText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    private JsonText() {}

    /**
     * Where a JSON text begins: behind white space and UTF-8 byte order marks. The body's length
     * when there is nothing else.
     */
    static int begin(byte[] body) {
        int i = 0;
        while (i < body.length) {
            if (isSpace(body[i])) {
                i++;
            } else if (isByteOrderMark(body, i)) {
                i += 3;
            } else {
                break;
            }
        }
        return i;
    }

    /** The first place from {@code from} on that is not white space, or the body's length. */
    static int skipSpace(byte[] body, int from) {
        int i = from;
        while (i < body.length && isSpace(body[i])) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isByteOrderMark(byte[] body, int at) {
        return body.length - at >= 3
                && body[at] == (byte) 0xef
                && body[at + 1] == (byte) 0xbb
                && body[at + 2] == (byte) 0xbf;
    }

    /**
     * Where the quote is that ends the string whose first character is at {@code from}, or the
     * body's length without one.
     */
    static int endOfString(byte[] body, int from) {
        int i = from;
        while (i < body.length) {
            i = quoteOrBackslash(body, i);
            if (i >= body.length || body[i] == '"') {
                return i;
            }
            i += 2;
        }
        return body.length;
    }

    /**
     * The first place from {@code from} on that is a quote, a backslash, a control character or no
     * ASCII, or the body's length without one.
     */
    static int endOfPlainText(byte[] body, int from) {
        int i = from;
        for (; i <= body.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(body, i);
            long control = (word - SPACES) & ~word & HIGH_BITS;
            long found = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | control | (word & HIGH_BITS);
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < body.length && body[i] >= ' ' && body[i] != '"' && body[i] != '\\') {
            i++;
        }
        return i;
    }

    private static int quoteOrBackslash(byte[] body, int from) {
        int i = from;
        for (; i <= body.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(body, i);
            // The lowest bit that is set marks the first match; higher ones may be wrong.
            long found = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < body.length && body[i] != '"' && body[i] != '\\') {
            i++;
        }
        return i;
    }

    /** Whether all is ASCII and nothing is escaped. */
    static boolean isPlainAscii(byte[] body) {
        int i = 0;
        for (; i <= body.length - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(body, i);
            if (((word & HIGH_BITS) | zeroBytes(word ^ BACKSLASHES)) != 0) {
                return false;
            }
        }
        while (i < body.length && body[i] >= 0 && body[i] != '\\') {
            i++;
        }
        return i == body.length;
    }

    private static long zeroBytes(long word) {
        return (word - ONES) & ~word & HIGH_BITS;
    }

    /**
     * Whether {@code body[from, to)} reads {@code ascii} once its unicode escapes are undone. No
     * other escape is a letter.
     */
    static boolean isKey(byte[] body, int from, int to, String ascii) {
        int i = from;
        for (int k = 0; k < ascii.length(); k++) {
            if (i >= to) {
                return false;
            }
            char expected = ascii.charAt(k);
            if (body[i] == expected) {
                i++;
            } else if (body[i] == '\\' && to - i >= 6 && body[i + 1] == 'u' && unit(body, i + 2) == expected) {
                i += 6;
            } else {
                return false;
            }
        }
        return i == to;
    }

    /** The UTF-16 unit that the four hex digits at {@code from} stand for, or -1. */
    static int unit(byte[] body, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(body[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /**
     * Whether zipkin2 would fail to parse this as an IPv6 address and find out by an exception: a
     * group of more than four digits, a single colon at either end. Some harmless texts count as
     * well.
     */
    static boolean isBadAddress(byte[] body, int from, int to) {
        int colons = 0;
        int group = 0;
        int longest = 0;
        for (int i = from; i < to; i++) {
            if (body[i] == '\\') {
                return true;
            }
            if (body[i] == ':') {
                colons++;
                group = 0;
            } else {
                longest = Math.max(longest, ++group);
            }
        }
        if (colons == 0) {
            return false;
        }
        boolean singleAtStart = body[from] == ':' && (to - from < 2 || body[from + 1] != ':');
        boolean singleAtEnd = body[to - 1] == ':' && (to - from < 2 || body[to - 2] != ':');
        return longest > 4 || singleAtStart || singleAtEnd;
    }
}
