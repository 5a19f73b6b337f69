package zipkin.ee.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Requests with an Upgrade header, which Java's HttpClient sends by default to offer HTTP/2.
 * {@link Grizzly} mishandles them even if the offer is not accepted: it does not signal the end of
 * a body, and an answer that is sent in parts has neither Content-Type nor Transfer-Encoding
 * ({@code org.glassfish.grizzly.http.HttpServerFilter}, isIgnoreContentModifiers).
 */
public final class OfferedUpgrade {
    private OfferedUpgrade() {}

    public static boolean isMishandled(HttpServletRequest request) {
        return request.getHeader("Upgrade") != null && Grizzly.serves(request);
    }
}
