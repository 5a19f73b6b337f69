package zipkin.ee.storage.forward;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;

/**
 * Sends datagrams to one address, one after the other. They are not acknowledged; if nobody
 * listens, the receiver's host reports it, and the next datagram fails. Thread safe.
 */
final class Datagrams implements AutoCloseable {
    private final String receiver;
    private final String host;
    private final int port;
    private @Nullable DatagramChannel channel;

    /**
     * @param receiver for messages
     */
    Datagrams(String receiver, String host, int port) {
        this.receiver = receiver;
        this.host = host;
        this.port = port;
    }

    /**
     * @throws StorageUnavailableException when the datagram can't be sent, or nobody received the
     *     previous one
     */
    synchronized void send(byte[] datagram) {
        try {
            connected().write(ByteBuffer.wrap(datagram));
        } catch (IOException e) {
            close();
            throw new StorageUnavailableException(
                    receiver + " at " + host + ":" + port + " takes no datagrams: " + e.getMessage(), e);
        }
    }

    private DatagramChannel connected() throws IOException {
        DatagramChannel open = channel;
        if (open == null) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new IOException("unknown host");
            }
            open = DatagramChannel.open();
            open.connect(address);
            channel = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // The channel is not used any more.
            }
        }
    }
}
