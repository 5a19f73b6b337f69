package zipkin.ee.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks that headers are valid and say where the body ends (RFC 9110, 5; RFC 9112, 6). Application
 * servers treat any transfer coding as chunked and accept control characters in headers. If a proxy
 * reads them differently, the two disagree on where the next request begins.
 */
final class RequestFraming {
    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";
    /** Digits of the largest Content-Length that fits into a long. */
    private static final int MAX_LENGTH_DIGITS = 18;

    private RequestFraming() {}

    /** Returns why the request has to be refused, or null. */
    static @Nullable RefusedRequest problem(HttpServletRequest request) {
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            if (!isToken(name, request) || !areValues(request.getHeaders(name))) {
                return RefusedRequest.malformed("A header has a character that HTTP does not allow");
            }
        }
        List<String> lengths = Collections.list(request.getHeaders("Content-Length"));
        if (!lengths.stream().allMatch(each -> isLength(each) && each.equals(lengths.get(0)))) {
            return RefusedRequest.malformed("Content-Length is not a number");
        }
        return codingProblem(Collections.list(request.getHeaders("Transfer-Encoding")), lengths);
    }

    private static @Nullable RefusedRequest codingProblem(List<String> codings, List<String> lengths) {
        if (codings.isEmpty()) {
            return null;
        }
        if (codings.size() > 1 || !codings.get(0).trim().equalsIgnoreCase("chunked")) {
            return new RefusedRequest(501, "The only Transfer-Encoding that is read is chunked");
        }
        return lengths.isEmpty()
                ? null
                : RefusedRequest.malformed("A request has Transfer-Encoding or Content-Length, not both");
    }

    /** Whether a name is a token of RFC 9110 or a pseudo-header of HTTP/2. */
    private static boolean isToken(String name, HttpServletRequest request) {
        int from = name.startsWith(":") && request.getProtocol().startsWith("HTTP/2") ? 1 : 0;
        return name.length() > from && isToken(name, from);
    }

    /** Whether all characters from an index on are those of tokens (RFC 9110, 5.6.2). */
    static boolean isToken(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean letter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
            if (!letter && !(each >= '0' && each <= '9') && TOKEN_SYMBOLS.indexOf(each) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean areValues(Enumeration<String> values) {
        while (values.hasMoreElements()) {
            String value = values.nextElement();
            for (int i = 0; i < value.length(); i++) {
                char each = value.charAt(i);
                if ((each < ' ' && each != '\t') || each == 0x7f) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isLength(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH_DIGITS
                && value.chars().allMatch(each -> each >= '0' && each <= '9');
    }
}
