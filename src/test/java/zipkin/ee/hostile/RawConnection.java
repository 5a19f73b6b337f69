package zipkin.ee.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A connection on which anything can be sent. */
public final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private static final int SMALL_WINDOW = 4096;

    private final Socket socket = new Socket();

    public RawConnection(URI server) {
        this(server, 0);
    }

    private RawConnection(URI server, int receivedBytes) {
        try {
            if (receivedBytes > 0) {
                socket.setReceiveBufferSize(receivedBytes);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection of a client that takes a few kilobytes and then has the server wait. */
    static RawConnection withSmallWindow(URI server) {
        return new RawConnection(server, SMALL_WINDOW);
    }

    /** The start of a POST of JSON spans: request line, Host, and these further header lines. */
    static String post(String... headers) {
        return "POST /api/v2/spans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
    }

    /** Sends, unless the server has closed the connection; returns whether it was sent. */
    public boolean send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return true;
        } catch (SocketException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends by a thread of its own, since the server may not take it. */
    void sendWithoutWaiting(String text) {
        Thread sender = new Thread(
                () -> {
                    try {
                        send(text);
                    } catch (UncheckedIOException e) {
                        // closed meanwhile
                    }
                },
                "send");
        sender.setDaemon(true);
        sender.start();
    }

    /** Reads on until the server closes the connection; whether it did within a minute. */
    boolean awaitEnd() {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                in.skip(in.available());
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Ends what this side sends. */
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All that the server sends until it closes the connection. Waits up to a minute for each part.
     */
    public RawAnswer answer() {
        try {
            return RawAnswer.of(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The status of the next answer, or 0 when the connection is closed without one. Waits up to a
     * minute.
     */
    int status() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
        } catch (SocketException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] words = line.toString(ISO_8859_1).split(" ", 3);
        return words.length < 2 ? 0 : Integer.parseInt(words[1].trim());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
