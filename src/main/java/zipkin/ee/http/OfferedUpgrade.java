package zipkin.ee.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A request whose client offers to go on in another protocol, as Java's HttpClient does with HTTP/2
 * unless told otherwise. {@link Grizzly} leaves out a part of its work for those, though nobody
 * takes up the offer: the end of a body is not told, and an answer that begins to be sent before it
 * is complete has neither Content-Type nor Transfer-Encoding
 * ({@code org.glassfish.grizzly.http.HttpServerFilter}, isIgnoreContentModifiers).
 */
public final class OfferedUpgrade {
    private OfferedUpgrade() {}

    /** Whether the server does so with this request. */
    public static boolean isMishandled(HttpServletRequest request) {
        return request.getHeader("Upgrade") != null && Grizzly.serves(request);
    }
}
