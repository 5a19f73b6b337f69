package zipkin.ee.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Frames of Scribe, sent on a connection each. */
final class ScribeAttack {
    /** The server has closed the connection. */
    static final int CLOSED = 0;

    static final int REPLY = 2;
    static final int EXCEPTION = 3;

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int VERSION_AND_CALL = 0x8001_0001;

    private ScribeAttack() {}

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of at most so many bytes, all in entries of 22 bytes that are not Base64. */
    static byte[] frameOfBadEntries(int bytes) {
        return frame("zipkin", "x", (bytes - 64) / 22);
    }

    static byte[] frame(String category, String message, int entries) {
        ByteBuffer frame = ByteBuffer.allocate(64 + entries * (15 + category.length() + message.length()));
        frame.putInt(0).putInt(VERSION_AND_CALL);
        put(frame, "Log").putInt(1);
        frame.put((byte) 15).putShort((short) 1).put((byte) 12).putInt(entries);
        for (int i = 0; i < entries; i++) {
            put(frame.put((byte) 11).putShort((short) 1), category);
            put(frame.put((byte) 11).putShort((short) 2), message);
            frame.put((byte) 0);
        }
        frame.put((byte) 0);
        frame.putInt(0, frame.position() - Integer.BYTES);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static ByteBuffer put(ByteBuffer frame, String text) {
        return frame.putInt(text.length()).put(text.getBytes(US_ASCII));
    }

    /** Sends a frame; returns the type of the reply. */
    static int send(int port, byte[] frame) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(frame);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readInt(); // the length of the frame
            return in.readInt() & 0xff;
        } catch (SocketException | java.io.EOFException e) {
            return CLOSED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
