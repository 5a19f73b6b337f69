package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zipkin.ee.storage.StorageUnavailableException;
import zipkin2.Span;

/**
 * Sends each span to the X-Ray daemon as one datagram. The protocol has no acknowledgement: what is known is that no daemon listens, once its host says so.
 */
final class XRayForwarder extends Forwarder {
    /** The daemon's own bound of a segment. */
    static final int MAX_DATAGRAM = 64 * 1000;

    private static final byte[] HEADER = "{\"format\": \"json\", \"version\": 1}\n".getBytes(UTF_8);

    private final String host;
    private final int port;
    private @Nullable DatagramChannel channel;

    XRayForwarder(String host, int port) {
        super("xray");
        this.host = host;
        this.port = port;
    }

    @Override
    void send(List<Span> spans) {
        spans.forEach(XRayDocument::requireTakable);
        for (Span span : spans) {
            byte[] datagram = datagram(XRayDocument.of(span, true));
            send(datagram.length <= MAX_DATAGRAM ? datagram : datagram(XRayDocument.of(span, false)));
        }
    }

    private static byte[] datagram(byte[] document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER.length + document.length);
        bytes.writeBytes(HEADER);
        bytes.writeBytes(document);
        return bytes.toByteArray();
    }

    private synchronized void send(byte[] datagram) {
        try {
            connected().write(ByteBuffer.wrap(datagram));
        } catch (IOException e) {
            close();
            throw new StorageUnavailableException(
                    "The X-Ray daemon at " + host + ":" + port + " takes no segments: " + e.getMessage(), e);
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
                // It is of no use any more.
            }
        }
    }

    @Override
    public String toString() {
        return "XRay{" + host + ":" + port + "}";
    }
}
