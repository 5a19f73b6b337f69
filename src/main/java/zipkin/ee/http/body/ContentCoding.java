package zipkin.ee.http.body;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a body is compressed: the Content-Encoding of <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-8.4">RFC 9110</a>. A body may be compressed
 * once. Parameters, which some clients add, are ignored.
 */
public enum ContentCoding {
    IDENTITY,
    /** {@code gzip} and {@code x-gzip}. */
    GZIP,
    /**
     * {@code deflate} and {@code zlib}, with or without zlib's header, as Jaeger's and
     * OpenTelemetry's receivers read it.
     */
    DEFLATE;

    /** The value of Accept-Encoding in the answer to an unsupported coding. */
    public static final String READ = "gzip, deflate";

    private static final int MAX_SHOWN = 40;

    /** The coding is not supported. The message is for the client. */
    public static final class UnsupportedException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsupportedException(String message) {
            super(message, null, false, false);
        }
    }

    public static ContentCoding of(HttpServletRequest request) throws UnsupportedException {
        String first = request.getHeader("Content-Encoding");
        return first == null ? IDENTITY : of(Collections.list(request.getHeaders("Content-Encoding")));
    }

    /** @param headers lists of codings, separated by commas */
    static ContentCoding of(List<String> headers) throws UnsupportedException {
        ContentCoding coding = IDENTITY;
        for (String header : headers) {
            for (String item : header.split(",", -1)) {
                ContentCoding next = named(item);
                if (next == IDENTITY) {
                    continue;
                }
                if (coding != IDENTITY) {
                    throw new UnsupportedException(
                            "A body that is compressed twice is not read. Use one Content-Encoding of: " + READ);
                }
                coding = next;
            }
        }
        return coding;
    }

    private static ContentCoding named(String item) throws UnsupportedException {
        int parameters = item.indexOf(';');
        String name = (parameters < 0 ? item : item.substring(0, parameters)).strip();
        @Nullable
        ContentCoding known =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "", "identity" -> IDENTITY;
                    case "gzip", "x-gzip" -> GZIP;
                    case "deflate", "zlib" -> DEFLATE;
                    default -> null;
                };
        if (known == null) {
            throw new UnsupportedException(
                    "Content-Encoding " + shown(name) + " is not read. Use none, or one of: " + READ);
        }
        return known;
    }

    private static String shown(String name) {
        String printable = name.replaceAll("[^!-~]", "?");
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "…";
    }
}
