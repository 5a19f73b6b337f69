package zipkin.ee.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Makes the path and the query of a request line valid by RFC 3986. Browsers send characters such
 * as <code>{ | } "</code> unescaped; the reference reads them, but Jakarta REST refuses them. Bytes
 * beyond ASCII are read as UTF-8, or as ISO 8859-1 if they are not UTF-8.
 */
final class RequestTarget {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int ASCII = 0x7f;
    private static final int BYTE = 0xff;

    /** Characters that are escaped; not square brackets, which all parsers accept in a query. */
    private static final String ESCAPED_IN_QUERY = " \"#<>\\^`{|}";

    private static final String ESCAPED_IN_PATH = ESCAPED_IN_QUERY + "[]";

    private RequestTarget() {}

    /**
     * The target has a control character or {@code %00}, a percent sign without two hexadecimal
     * digits, or a path that does not start with a slash or is not UTF-8.
     */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /** Returns the escaped path. Its escapes have to be UTF-8, as on the reference. */
    static String path(String raw) throws MalformedException {
        if (!raw.startsWith("/")) {
            throw new MalformedException("The request target is not a path");
        }
        String path = escaped(raw, ESCAPED_IN_PATH);
        if (path.indexOf('%') >= 0 && !isUtf8(unescaped(path))) {
            throw new MalformedException("The path of the request target is not UTF-8");
        }
        return path;
    }

    private static byte[] unescaped(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(escaped.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    /** Returns the escaped query. Its escapes need not be UTF-8, as on the reference. */
    static String query(String raw) throws MalformedException {
        return escaped(raw, ESCAPED_IN_QUERY);
    }

    private static String escaped(String raw, String escaped) throws MalformedException {
        int at = 0;
        while (at < raw.length() && isValid(raw, at, escaped)) {
            at++;
        }
        if (at == raw.length()) {
            return raw;
        }
        StringBuilder target = new StringBuilder(raw.length() + 16).append(raw, 0, at);
        while (at < raw.length()) {
            char next = raw.charAt(at);
            if (next > ASCII) {
                int end = endOfRun(raw, at);
                append(target, bytes(raw.substring(at, end)));
                at = end;
            } else if (isValid(raw, at++, escaped)) {
                target.append(next);
            } else {
                append(target, new byte[] {(byte) next});
            }
        }
        return target.toString();
    }

    private static boolean isValid(String raw, int at, String escaped) throws MalformedException {
        char next = raw.charAt(at);
        if (next < ' ' || next == ASCII) {
            throw new MalformedException("The request target has a control character");
        }
        if (next == '%') {
            requireEscape(raw, at);
        }
        return next < ASCII && escaped.indexOf(next) < 0;
    }

    private static void requireEscape(String raw, int at) throws MalformedException {
        if (at + 2 >= raw.length()
                || !HexFormat.isHexDigit(raw.charAt(at + 1))
                || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
            throw new MalformedException("The request target has a percent sign without two hexadecimal digits");
        }
        if (raw.charAt(at + 1) == '0' && raw.charAt(at + 2) == '0') {
            throw new MalformedException("The request target has a control character");
        }
    }

    private static int endOfRun(String raw, int from) {
        int end = from;
        while (end < raw.length() && raw.charAt(end) > ASCII) {
            end++;
        }
        return end;
    }

    /**
     * Returns the UTF-8 bytes of characters beyond ASCII. Some application servers pass each byte
     * as a character, others decode them.
     */
    private static byte[] bytes(String run) {
        if (run.chars().allMatch(each -> each <= BYTE)) {
            byte[] sent = run.getBytes(StandardCharsets.ISO_8859_1);
            if (isUtf8(sent)) {
                return sent;
            }
        }
        return run.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void append(StringBuilder target, byte[] bytes) {
        for (byte each : bytes) {
            target.append('%').append(HEX.toHexDigits(each));
        }
    }
}
