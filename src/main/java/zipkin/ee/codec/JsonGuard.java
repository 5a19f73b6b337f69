package zipkin.ee.codec;

/**
 * One pass over a JSON list, v1 or v2, that counts what zipkin2's reader has no bound for. That reader itself limits nesting
 * and numbers and refuses all that is not JSON, so this pass needs no grammar: brackets, strings and what follows a colon
 * will do.
 */
final class JsonGuard {
    /** What the last key was, and so what the string after the colon is. */
    private enum Key {
        OTHER,
        NAME,
        SERVICE_NAME,
        ADDRESS
    }

    /** Depths: the list is 1, a span 2, tags, endpoints and lists of annotations 3, an annotation 4. */
    private static final int SPAN_FIELD = 2;

    private static final int TAG = 3;

    private final byte[] body;
    private final Tally tally;
    private final boolean v1;
    private int depth;

    private JsonGuard(byte[] body, Tally tally, boolean v1) {
        this.body = body;
        this.tally = tally;
        this.v1 = v1;
    }

    static void check(byte[] body, Tally tally, boolean v1) {
        // Most messages are small and hold nothing that is costly: one look at eight bytes at a time tells.
        if (!v1 && body.length <= tally.harmlessJsonBytes() && JsonText.isPlainAscii(body)) {
            return;
        }
        new JsonGuard(body, tally, v1).list();
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
                        tally.entry(position);
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
                    if (--depth <= 0) {
                        return; // the decoder reads no further
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
            tally.span(position);
        } else if (depth == TAG + 1) {
            tally.entry(position);
        }
    }

    private Key key(int from, int to) {
        if (depth == SPAN_FIELD) {
            return JsonText.isKey(body, from, to, "name") ? Key.NAME : Key.OTHER;
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
            case NAME -> tally.name(body, from, to);
            case ADDRESS -> address(from, to);
            case SERVICE_NAME -> serviceName(from, to);
        }
    }

    private void serviceName(int from, int to) {
        tally.name(body, from, to);
        if (v1 && to > from) {
            tally.serviceName(body, from, to);
        }
    }

    private void address(int from, int to) {
        if (JsonText.isBadAddress(body, from, to)) {
            tally.badAddress(from);
        }
    }
}
