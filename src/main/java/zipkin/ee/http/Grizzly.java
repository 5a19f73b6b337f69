package zipkin.ee.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import zipkin.ee.text.SafeLogger;

/** Payara's HTTP server, which does some things its own way. */
public final class Grizzly {
    private static final Logger LOGGER = SafeLogger.of(Grizzly.class.getName());

    private Grizzly() {}

    /** Whether a request came through it. */
    public static boolean serves(HttpServletRequest request) {
        return request.getServletContext().getServerInfo().contains("Payara");
    }

    /**
     * Closes the connection of a request that goes on, if it came through Grizzly: that has no time
     * after which it closes one whose client does not read, and the servlet API no method for it.
     * May be called by any thread.
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
            // The request has ended meanwhile, or this is another Payara than those that were
            // tried.
            LOGGER.log(Level.DEBUG, "Cannot close a connection", e);
        }
    }

    private static Object call(Object object, String method) throws ReflectiveOperationException {
        return object.getClass().getMethod(method).invoke(object);
    }
}
