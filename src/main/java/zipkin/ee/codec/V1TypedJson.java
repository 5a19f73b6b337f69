package zipkin.ee.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Puts numbers and booleans that are values of v1 binary annotations in quotes, because zipkin2
 * reads only strings and the {@code true} of an address. Values of addresses stay, since zipkin2
 * treats any string there as {@code true}. {@link JsonGuard} calls it on its walk. Used by one
 * thread.
 */
final class V1TypedJson {
    private static final byte[] QUOTE = "\"".getBytes(US_ASCII);

    private final byte[] body;
    private final TextEdits edits;
    private boolean inBinaryAnnotations;
    private boolean isAddress;
    private boolean hasText;
    private int from;
    private int to;

    V1TypedJson(byte[] body, TextEdits edits) {
        this.body = body;
        this.edits = edits;
    }

    /** Begins a member of a span. */
    void spanMember(int nameFrom, int nameTo) {
        inBinaryAnnotations = JsonText.isKey(body, nameFrom, nameTo, "binaryAnnotations");
    }

    void beginEntry() {
        isAddress = hasText = false;
        from = to = 0;
    }

    /** Reports the key of an annotation. */
    void key(int keyFrom, int keyTo) {
        isAddress = JsonText.isKey(body, keyFrom, keyTo, "sa")
                || JsonText.isKey(body, keyFrom, keyTo, "ca")
                || JsonText.isKey(body, keyFrom, keyTo, "ma");
    }

    /** Reports a value that is a string, which wins over all other values. */
    void text() {
        hasText = true;
    }

    /** Reports what follows the colon of a value. Returns the end of a literal. */
    int value(int position) {
        int start = JsonText.skipSpace(body, position);
        int end = endOfLiteral(start);
        if (isLiteral("true", start, end) || isLiteral("false", start, end) || isNumber(start, end)) {
            from = start;
            to = end;
        }
        return end;
    }

    void endEntry() {
        if (inBinaryAnnotations && to > from && !hasText && !isAddress) {
            edits.add(from, from, QUOTE);
            edits.add(to, to, QUOTE);
        }
        beginEntry();
    }

    private int endOfLiteral(int start) {
        int end = start;
        while (end < body.length && isPartOfLiteral(body[end])) {
            end++;
        }
        return end;
    }

    private static boolean isPartOfLiteral(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || b == 'E' || b == '.' || b == '-' || b == '+';
    }

    private boolean isLiteral(String word, int start, int end) {
        if (end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (body[start + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Checks the grammar, so that malformed JSON is not made valid. */
    private boolean isNumber(int start, int end) {
        int at = start < end && body[start] == '-' ? start + 1 : start;
        int whole = endOfDigits(at, end);
        if (whole == at || (body[at] == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        if (at < end && body[at] == '.') {
            int fraction = endOfDigits(at + 1, end);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        if (at < end && (body[at] == 'e' || body[at] == 'E')) {
            int digits = at + 1 < end && (body[at + 1] == '+' || body[at + 1] == '-') ? at + 2 : at + 1;
            at = endOfDigits(digits, end);
            if (at == digits) {
                return false;
            }
        }
        return at == end;
    }

    private int endOfDigits(int start, int end) {
        int at = start;
        while (at < end && body[at] >= '0' && body[at] <= '9') {
            at++;
        }
        return at;
    }
}
