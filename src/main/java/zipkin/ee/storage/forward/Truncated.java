package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The beginning of a text, which ends between two characters.
 *
 * @param lostBytes in UTF-8
 */
record Truncated(String text, int lostBytes) {
    static Truncated of(String text, int maxBytes) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length <= maxBytes) {
            return new Truncated(text, 0);
        }
        int end = maxBytes;
        while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new Truncated(new String(bytes, 0, end, UTF_8), bytes.length - end);
    }
}
