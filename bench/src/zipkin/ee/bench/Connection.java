package zipkin.ee.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A keep-alive HTTP/1.1 connection to 127.0.0.1 that allocates nothing per request, since it shares
 * its cores with the server. Answers may have a length, be chunked or be empty.
 */
final class Connection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private byte[] body = new byte[1 << 16];
    private int position;
    private int limit;
    private int bodyLength;

    Connection(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        out = socket.getOutputStream();
        in = socket.getInputStream();
    }

    /** Sends a whole request and returns the status of its answer. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        bodyLength = 0;
        int status = 0;
        int contentLength = 0;
        boolean chunked = false;
        for (int line = 0; ; line++) {
            int start = readLine();
            int end = position - 2;
            if (line == 0) {
                status = number(start + 9, start + 12);
            } else if (end == start) {
                break;
            } else if (startsWith(start, end, LENGTH)) {
                contentLength = number(start + LENGTH.length, end);
            } else if (startsWith(start, end, CHUNKED)) {
                chunked = true;
            }
        }
        if (chunked) {
            readChunks();
        } else {
            readBody(contentLength);
        }
        return status;
    }

    /** GETs a path and returns its status; {@link #text()} is the answer. */
    int get(String pathAndQuery) throws IOException {
        return exchange(getRequest(pathAndQuery));
    }

    static byte[] getRequest(String pathAndQuery) {
        return ("GET " + pathAndQuery + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The body of the last answer. */
    String text() {
        return new String(body, 0, bodyLength, StandardCharsets.UTF_8);
    }

    int bodyLength() {
        return bodyLength;
    }

    private void readChunks() throws IOException {
        while (true) {
            int start = readLine();
            int size = 0;
            for (int i = start; i < position - 2 && buffer[i] != ';'; i++) {
                size = size << 4 | Character.digit(buffer[i], 16);
            }
            readBody(size);
            readLine();
            if (size == 0) {
                return;
            }
        }
    }

    private void readBody(int length) throws IOException {
        if (bodyLength + length > body.length) {
            body = java.util.Arrays.copyOf(body, Math.max(body.length * 2, bodyLength + length));
        }
        int missing = length;
        while (missing > 0) {
            if (position == limit) {
                fill(0);
            }
            int count = Math.min(missing, limit - position);
            System.arraycopy(buffer, position, body, bodyLength, count);
            position += count;
            bodyLength += count;
            missing -= count;
        }
    }

    /** Moves the position behind the next line and returns where the line starts. */
    private int readLine() throws IOException {
        int start = position;
        int scan = position;
        while (true) {
            for (; scan < limit; scan++) {
                if (buffer[scan] == '\n') {
                    position = scan + 1;
                    return start;
                }
            }
            int kept = limit - start;
            System.arraycopy(buffer, start, buffer, 0, kept);
            start = 0;
            scan = kept;
            fill(kept);
        }
    }

    private void fill(int offset) throws IOException {
        int count = in.read(buffer, offset, buffer.length - offset);
        if (count <= 0) {
            throw new EOFException("The server closed the connection");
        }
        position = offset;
        limit = offset + count;
    }

    private int number(int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            if (buffer[i] != ' ') {
                value = value * 10 + buffer[i] - '0';
            }
        }
        return value;
    }

    private boolean startsWith(int start, int end, byte[] lowerCase) {
        if (end - start < lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            int c = buffer[start + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
