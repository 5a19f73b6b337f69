package zipkin.ee.http;

import jakarta.servlet.http.HttpServletRequest;

/** Payara's HTTP server, which does some things its own way. */
public final class Grizzly {
    private Grizzly() {}

    /** Whether a request came through it. */
    public static boolean serves(HttpServletRequest request) {
        return request.getServletContext().getServerInfo().contains("Payara");
    }
}
