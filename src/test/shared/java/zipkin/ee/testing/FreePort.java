package zipkin.ee.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Ports of 127.0.0.1 for servers that tests start. Thread safe. */
public final class FreePort {
    private static final Queue<Socket> HELD = new ConcurrentLinkedQueue<>();

    private FreePort() {}

    /**
     * A port that the system gives to nobody else while this JVM runs, even when a server on it is
     * down.
     *
     * <p>This JVM keeps a socket bound to it that does not listen. The system lets one server that
     * asks for this very port listen on it (SO_REUSEADDR, which servers set), but does not choose
     * it for a connection or for a socket that asks for any port.
     */
    // The socket is held until the JVM ends.
    @SuppressWarnings("resource")
    public static int find() {
        try {
            Socket socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            HELD.add(socket);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
