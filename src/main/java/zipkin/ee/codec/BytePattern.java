package zipkin.ee.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A short sequence of ASCII characters to look for in a body: Horspool's search, which looks at one byte in {@code length}. */
final class BytePattern {
    private final byte[] pattern;
    private final int[] shifts = new int[256];

    BytePattern(String ascii) {
        pattern = ascii.getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(shifts, pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            shifts[pattern[i]] = pattern.length - 1 - i;
        }
    }

    boolean isIn(byte[] body) {
        int last = pattern.length - 1;
        byte lastByte = pattern[last];
        int end = last;
        while (end < body.length) {
            byte seen = body[end];
            if (seen == lastByte && Arrays.equals(body, end - last, end, pattern, 0, last)) {
                return true;
            }
            end += shifts[seen & 0xff];
        }
        return false;
    }
}
