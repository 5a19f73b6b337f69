package zipkin.ee.http.body;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import zipkin.ee.http.Grizzly;

/**
 * Ends a request on the thread that writes to its connection, not on the one that worked on it. A worker of Undertow that ends an exchange holds the connection's state while it wakes that thread, which then
 * spins until the worker has its processor again ({@code io.undertow.server.protocol.http.HttpReadListener}, exchangeComplete and handleEvent): with all processors busy, half
 * of the time of small requests. The thread's own end needs no state. See docs/performance.md.
 */
final class ConnectionThreadEnd implements WriteListener {
    private final AsyncContext async;

    private ConnectionThreadEnd(AsyncContext async) {
        this.async = async;
    }

    /**
     * To be called when the answer of a request that is not asynchronous is there but for its end; without effect where it is sent already, or the server has no such thread, and with HTTP/2, whose
     * streams are not the connection and would be closed twice.
     */
    static void of(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()
                || Grizzly.serves(request)
                || request.getProtocol().equals("HTTP/2.0")) {
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        response.getOutputStream().setWriteListener(new ConnectionThreadEnd(async));
    }

    @Override
    public void onWritePossible() {
        async.complete();
    }

    @Override
    public void onError(Throwable error) {
        async.complete();
    }
}
