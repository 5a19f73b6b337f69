package zipkin.ee.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import zipkin.ee.text.SafeLogger;

/** Differences of Payara's HTTP server, Grizzly, from what the servlet specification says. */
public final class Grizzly {
    private static final Logger LOGGER = SafeLogger.of(Grizzly.class.getName());

    private Grizzly() {}

    /** Whether Grizzly serves the request. */
    public static boolean serves(HttpServletRequest request) {
        return request.getServletContext().getServerInfo().contains("Payara");
    }

    /**
     * Closes the connection of an active request if Grizzly serves it. Grizzly has no timeout for
     * clients that do not read, and the servlet API has no method to close a connection. May be
     * called by any thread.
     */
    public static void closeConnection(HttpServletRequest request) {
        if (!serves(request)) {
            return;
        }
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        try {
            // Payara's classes have no artifact that an application could be compiled against.
            Object exchange = call(call(innermost, "getUnwrappedCoyoteRequest"), "getCoyoteRequest");
            Object connection = call(call(exchange, "getContext"), "getConnection");
            Class<?> closeable = Class.forName(
                    "org.glassfish.grizzly.Closeable",
                    false,
                    connection.getClass().getClassLoader());
            closeable.getMethod("terminateSilently").invoke(connection);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // The request has ended, or this version of Payara has other methods.
            LOGGER.log(Level.DEBUG, "Cannot close a connection", e);
        }
    }

    private static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
