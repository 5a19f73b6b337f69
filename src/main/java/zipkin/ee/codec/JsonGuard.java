package zipkin.ee.codec;

import org.jspecify.annotations.Nullable;

/**
 * Walks over a JSON list, v1 or v2, and counts what zipkin2's reader does not limit. That reader
 * limits nesting and numbers and refuses malformed JSON, so brackets, strings and colons are enough
 * here. In v1 it also finds binary annotations whose values are not strings, see
 * {@link V1TypedJson}.
 */
final class JsonGuard {
    /** The last key, which decides what the string behind the colon is. */
    private enum Key {
        OTHER,
        NAME,
        SERVICE_NAME,
        ADDRESS,
        KEY,
        VALUE
    }

    /**
     * Depths: the list is 1, a span 2, tags, endpoints and lists of annotations 3, an annotation 4.
     */
    private static final int SPAN_FIELD = 2;

    private static final int TAG = 3;

    private static final int ENTRY = 4;

    private final byte[] body;
    private final DecodeLimits limits;
    private final @Nullable V1TypedJson typed;
    private int depth;

    private JsonGuard(byte[] body, DecodeLimits limits, @Nullable V1TypedJson typed) {
        this.body = body;
        this.limits = limits;
        this.typed = typed;
    }

    static void checkV2(byte[] body, DecodeLimits limits) {
        // Small messages without escapes and non-ASCII names, the usual ones, cannot exceed a
        // limit.
        if (body.length > limits.harmlessJsonBytes() || !JsonText.isPlainAscii(body)) {
            new JsonGuard(body, limits, null).list();
        } else {
            limits.uncounted();
        }
    }

    /** @param edits gets the changes that make strings of typed values */
    static void checkV1(byte[] body, DecodeLimits limits, TextEdits edits) {
        new JsonGuard(body, limits, new V1TypedJson(body, edits)).list();
    }

    private void list() {
        boolean afterColon = false;
        Key key = Key.OTHER;
        int position = 0;
        while (position < body.length) {
            switch (body[position++]) {
                case '"' -> {
                    int end = JsonText.endOfString(body, position);
                    if (afterColon) {
                        value(key, position, end);
                    } else {
                        key = key(position, end);
                    }
                    position = end + 1;
                }
                case ':' -> {
                    afterColon = true;
                    if (depth == TAG) {
                        limits.entry(position);
                    }
                    if (typed != null && depth == ENTRY && key == Key.VALUE) {
                        position = typed.value(position);
                    }
                }
                case ',' -> afterColon = false;
                case '{' -> {
                    afterColon = false;
                    open(position);
                }
                case '[' -> {
                    afterColon = false;
                    depth++;
                }
                case '}', ']' -> {
                    if (typed != null && depth == ENTRY) {
                        typed.endEntry();
                    }
                    if (--depth <= 0) {
                        return; // the decoder ignores the rest
                    }
                }
                default -> {
                    // white space, numbers and literals
                }
            }
        }
    }

    private void open(int position) {
        depth++;
        if (depth == SPAN_FIELD) {
            limits.span(position);
        } else if (depth == ENTRY) {
            limits.entry(position);
            if (typed != null) {
                typed.beginEntry();
            }
        }
    }

    private Key key(int from, int to) {
        if (depth == SPAN_FIELD) {
            if (typed != null) {
                typed.spanMember(from, to);
            }
            return JsonText.isKey(body, from, to, "name") ? Key.NAME : Key.OTHER;
        }
        if (typed != null && depth == ENTRY) {
            if (JsonText.isKey(body, from, to, "key")) {
                return Key.KEY;
            }
            if (JsonText.isKey(body, from, to, "value")) {
                return Key.VALUE;
            }
        }
        if (JsonText.isKey(body, from, to, "serviceName")) {
            return Key.SERVICE_NAME;
        }
        return JsonText.isKey(body, from, to, "ipv4") || JsonText.isKey(body, from, to, "ipv6")
                ? Key.ADDRESS
                : Key.OTHER;
    }

    private void value(Key key, int from, int to) {
        switch (key) {
            case OTHER -> {}
            case NAME -> limits.name(body, from, to);
            case ADDRESS -> address(from, to);
            case SERVICE_NAME -> serviceName(from, to);
            case KEY -> {
                if (typed != null && depth == ENTRY) {
                    typed.key(from, to);
                }
            }
            case VALUE -> {
                if (typed != null && depth == ENTRY) {
                    typed.text();
                }
            }
        }
    }

    private void serviceName(int from, int to) {
        limits.name(body, from, to);
        if (typed != null && to > from) {
            limits.serviceName(body, from, to);
        }
    }

    private void address(int from, int to) {
        if (JsonText.isBadAddress(body, from, to)) {
            limits.badAddress(from);
        }
    }
}
