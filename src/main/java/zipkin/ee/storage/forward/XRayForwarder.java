package zipkin.ee.storage.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import zipkin2.Span;

/**
 * Sends each span to the X-Ray daemon as one datagram. The protocol has no acknowledgement.
 */
final class XRayForwarder extends Forwarder {
    /** The daemon's own bound of a segment. */
    static final int MAX_DATAGRAM = 64 * 1000;

    private static final byte[] HEADER = "{\"format\": \"json\", \"version\": 1}\n".getBytes(UTF_8);

    private final Datagrams daemon;
    private final String place;

    XRayForwarder(String host, int port) {
        super("xray");
        this.daemon = new Datagrams("The X-Ray daemon", host, port);
        this.place = host + ":" + port;
    }

    @Override
    void send(List<Span> spans) {
        spans.forEach(XRayDocument::requireTakable);
        for (Span span : spans) {
            byte[] datagram = datagram(XRayDocument.of(span, true));
            daemon.send(datagram.length <= MAX_DATAGRAM ? datagram : datagram(XRayDocument.of(span, false)));
        }
    }

    private static byte[] datagram(byte[] document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER.length + document.length);
        bytes.writeBytes(HEADER);
        bytes.writeBytes(document);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        daemon.close();
    }

    @Override
    public String toString() {
        return "XRay{" + place + "}";
    }
}
