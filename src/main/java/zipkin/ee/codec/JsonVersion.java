package zipkin.ee.codec;

/**
 * Distinguishes v1 from v2 JSON by the member names of spans. Ends with the first span that has a
 * member of only one version. It does not check the grammar, because the decoder does.
 */
final class JsonVersion {
    private static final int LIST = 1;
    private static final int SPAN = 2;

    private final byte[] body;

    /** {@code binaryAnnotations}. */
    private boolean v1;

    /** {@code tags} or an endpoint, by which the reference knows v2. */
    private boolean v2;

    /** {@code kind} or {@code shared}, which the reference does not look for. */
    private boolean laterMember;

    private JsonVersion(byte[] body) {
        this.body = body;
    }

    /** Detects the version of a list. Without evidence it is v1, as in the reference. */
    static Encoding of(byte[] body) {
        JsonVersion version = new JsonVersion(body);
        version.walk();
        return version.v2 || (version.laterMember && !version.v1) ? Encoding.JSON_V2 : Encoding.JSON_V1;
    }

    /** The version of a list that was posted as {@code expected}, by the rules of the reference. */
    static Encoding posted(byte[] body, Encoding expected) {
        JsonVersion version = new JsonVersion(body);
        version.walk();
        if (expected == Encoding.JSON_V2) {
            return version.v1 ? Encoding.JSON_V1 : expected;
        }
        return version.v2 ? Encoding.JSON_V2 : expected;
    }

    private void walk() {
        int depth = 0;
        int position = 0;
        while (position < body.length) {
            switch (body[position++]) {
                case '"' -> {
                    int end = JsonText.endOfString(body, position);
                    if (depth == SPAN && isKey(end)) {
                        member(position, end);
                    }
                    position = end + 1;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    depth--;
                    if (depth < LIST || (depth == LIST && (v1 || v2 || laterMember))) {
                        return;
                    }
                }
                default -> {
                    // white space, numbers, literals and separators
                }
            }
        }
    }

    private boolean isKey(int endOfString) {
        int next = JsonText.skipSpace(body, Math.min(body.length, endOfString + 1));
        return next < body.length && body[next] == ':';
    }

    private void member(int from, int to) {
        if (isOneOf(from, to, "tags", "localEndpoint", "remoteEndpoint")) {
            v2 = true;
        } else if (isOneOf(from, to, "binaryAnnotations")) {
            v1 = true;
        } else if (isOneOf(from, to, "kind", "shared")) {
            laterMember = true;
        }
    }

    private boolean isOneOf(int from, int to, String... names) {
        for (String name : names) {
            if (JsonText.isKey(body, from, to, name)) {
                return true;
            }
        }
        return false;
    }
}
