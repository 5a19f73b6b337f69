package zipkin.ee.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Scans the bytes of JSON, eight at a time where possible. */
final class JsonText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    private JsonText() {}

    /** Returns the index behind leading white space and UTF-8 byte order marks. */
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

    /** Returns the index behind white space. */
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

    /** Returns the index of the quote that ends a string, or the body's length. */
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
     * Returns the index of the first quote, backslash, control character or byte beyond ASCII, or
     * the body's length.
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

    /** Whether the body is ASCII without a backslash. */
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

    /** Whether {@code body[from, to)} is this word, perhaps written with unicode escapes. */
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

    /** Parses four hex digits; -1 if they are not. */
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
     * Whether zipkin2 may need an exception to find out that this is not an IPv6 address: a group
     * of more than four digits, or a single colon at either end.
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
