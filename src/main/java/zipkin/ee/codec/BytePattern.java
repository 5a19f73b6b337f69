package zipkin.ee.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A short sequence of ASCII characters to look for in a body: finds its rarest character first, eight bytes at a time. */
final class BytePattern {
    private final byte[] pattern;
    private final int rarest;

    /** @param rarest where in {@code ascii} the character is that is rarest in bodies */
    BytePattern(String ascii, int rarest) {
        this.pattern = ascii.getBytes(StandardCharsets.US_ASCII);
        this.rarest = rarest;
    }

    boolean isIn(byte[] body) {
        int end = body.length - (pattern.length - rarest) + 1;
        int at = JsonText.indexOf(body, pattern[rarest], rarest, end);
        while (at < end) {
            int start = at - rarest;
            if (body[start] == pattern[0]
                    && Arrays.equals(body, start, start + pattern.length, pattern, 0, pattern.length)) {
                return true;
            }
            at = JsonText.indexOf(body, pattern[rarest], at + 1, end);
        }
        return false;
    }
}
