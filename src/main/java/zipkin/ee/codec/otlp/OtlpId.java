package zipkin.ee.codec.otlp;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id of a trace or a span as it was sent, which may be one that is not valid.
 *
 * @param hex lower-case digits; empty if there are more than 32, or other characters
 * @param size how long it was, for messages; empty if it is not hexadecimal
 */
record OtlpId(String hex, String size) {
    static final OtlpId NONE = new OtlpId("", "0 bytes");
    static final int TRACE = 16;
    static final int SPAN = 8;

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]*");
    private static final Pattern ZEROS = Pattern.compile("0*");

    static OtlpId ofBytes(byte[] body, int from, int to) {
        int bytes = to - from;
        return new OtlpId(bytes > TRACE ? "" : HexFormat.of().formatHex(body, from, to), bytes + " bytes");
    }

    static OtlpId ofHex(String text) {
        int digits = text.length();
        String size = digits % 2 == 0 ? digits / 2 + " bytes" : digits + " hex digits";
        if (digits > 2 * TRACE) {
            return new OtlpId("", size);
        }
        String hex = text.toLowerCase(Locale.ROOT);
        return DIGITS.matcher(hex).matches() ? new OtlpId(hex, size) : new OtlpId("", "");
    }

    /** Why this cannot be an id of {@code bytes} bytes, or null if it can. */
    @Nullable
    String refusal(int bytes, String subject) {
        if (size.isEmpty()) {
            return subject + " not hexadecimal";
        }
        if (hex.length() != 2 * bytes) {
            return subject + " of " + size;
        }
        return ZEROS.matcher(hex).matches() ? subject + " zero" : null;
    }

    boolean isValid(int bytes) {
        return refusal(bytes, "") == null;
    }
}
